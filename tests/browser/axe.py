"""What axe-core, the accessibility checker, finds on a page."""

from functools import lru_cache

from playwright.async_api import Page

from tools.client import CLIENT, npm

CORE = CLIENT / "node_modules" / "axe-core" / "axe.min.js"

RUN = """async ([part, rules]) => {
  const only = rules ? { runOnly: { type: 'rule', values: rules } } : {}
  const found = await axe.run(part, { resultTypes: ['violations'], ...only })
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, any }) =>
      `${id}: ${html.slice(0, 160)} (${any.map(({ message }) => message).join(' ')})`))
}"""


async def faults(page: Page, where: str, part: str = "html") -> list[str]:
    """What is serious or critical: everything in light, and the contrasts again in dark."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(_core())
    found: list[str] = []
    for scheme, rules in (("light", None), ("dark", ["color-contrast"])):
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type] # one of its words
        said: list[str] = await page.evaluate(RUN, [part, rules])
        found += [f"{where}, {scheme}: {fault}" for fault in said]
    return found


@lru_cache
def _core() -> str:
    if not CORE.is_file():
        npm("--version")  # brings the client's packages
    return CORE.read_text()
