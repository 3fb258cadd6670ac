import { describe, expect, test } from 'vitest'
import { keysOn, meaning, switchKeys } from './keys'

describe('single keys', () => {
  const press = (key: string, target: Element = document.body, more: Partial<KeyboardEvent> = {}) =>
    meaning({ key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, defaultPrevented: false, target, ...more })

  test('mean something on the page, and nothing while somebody types or with a modifier', () => {
    expect(press('m')).toBe('mark')
    expect(press('m', document.createElement('textarea'))).toBeUndefined()
    expect(press('m', document.body, { ctrlKey: true })).toBeUndefined()
    expect(press('x')).toBeUndefined()
  })

  test('can be switched off in this browser', () => {
    expect(keysOn()).toBe(true)
    switchKeys(false)
    expect(keysOn()).toBe(false)
    switchKeys(true)
    expect(keysOn()).toBe(true)
  })
})
