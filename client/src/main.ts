import '@fontsource-variable/inter/wght.css'
import './style/tokens.css'
import './style/base.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { stale } from './parts/stale.svelte'
import { look } from './style/theme.svelte'
import { preferred, words } from './words/words.svelte'

const target = document.getElementById('app')
if (!target) throw new Error('index.html has no element #app to draw in')

stale.watch()
look.restore()
await words.choose(preferred(), false)
mount(App, { target })
