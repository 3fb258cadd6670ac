"""Every test here ends with a look at the consoles. This one proves that the look finds."""

from tests.browser.person import Arrive
from tests.wire.playing import Running


async def test_what_breaks_the_content_policy_is_stopped_and_heard(
    server: Running, arrive: Arrive
) -> None:
    person = await arrive("intruder")
    answer = await person.page.goto(server.address)
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "default-src 'self'" in policy
    async with person.page.expect_console_message():
        await person.page.evaluate(
            """() => {
              const script = document.createElement('script')
              script.textContent = 'window.intruded = true'
              document.head.append(script)
            }"""
        )
    assert await person.page.evaluate("window.intruded") is None
    assert len(person.troubles) == 1
    assert "Content Security Policy" in person.troubles.pop()
