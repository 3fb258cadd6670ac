import '@fontsource-variable/inter/wght.css'
import '../style/tokens.css'
import '../style/base.css'
import { mount } from 'svelte'
import { look } from '../style/theme.svelte'
import { preferred, words } from '../words/words.svelte'
import Gallery from './Gallery.svelte'

const target = document.getElementById('app')
if (!target) throw new Error('gallery.html has no element #app to draw in')

look.restore()
await words.choose(preferred(), false)
mount(Gallery, { target })
