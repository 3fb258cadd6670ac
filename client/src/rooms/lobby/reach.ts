/** Whether only this very machine can reach an address. */
export function loopback(url: string): boolean {
  try {
    const { hostname } = new URL(url)
    return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\./.test(hostname)
  } catch {
    return false
  }
}

/** The command that makes a server reachable from a seminar room's network. */
export function reachable(url: string): string {
  const { protocol, port } = new URL(url)
  const where = port ? `:${port}` : ''
  return `alliance serve --host 0.0.0.0${port ? ` --port ${port}` : ''} --public-url ${protocol}//192.168.0.10${where}`
}
