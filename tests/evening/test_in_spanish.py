"""An evening in Spanish on the smallest phone: the browser's language, another one chosen, the service's refusals."""

from playwright.async_api import Browser, expect

from tests.evening.accessibility import barriers
from tests.evening.conftest import Running
from tests.evening.people import WAIT, Client, Facilitator, Somebody

PHONE, DESK = 320, 1280


async def fits(somebody: Somebody, where: str) -> None:
    """Spanish takes more room than English."""
    assert await barriers(somebody.page) == [], f"{where}, {PHONE} px wide"


async def test_an_evening_in_spanish(vesper: Running, browser: Browser) -> None:
    dana = await Facilitator.at_a_screen(browser, width=PHONE, locale="es-US")
    pat = await Client.at_a_screen(browser, width=PHONE, locale="es-MX")
    await the_office(vesper, dana)
    await the_door(vesper, pat)
    await the_room(vesper, dana, pat)
    await the_end(dana, pat)
    for person in (dana, pat):
        await person.close()


async def the_office(vesper: Running, dana: Facilitator) -> None:
    page = dana.page
    await page.goto(vesper.origin)
    await dana.sees("Iniciar sesión")
    await fits(dana, "sign-in")
    await page.get_by_label("Correo electrónico").fill(vesper.demo["email"])
    await page.get_by_label("Contraseña", exact=True).fill("not this one")
    await dana.press("Iniciar sesión")
    await expect(page.get_by_role("alert")).to_have_text("Ese correo electrónico y esa contraseña no corresponden.")
    await page.get_by_label("Contraseña", exact=True).fill(vesper.demo["password"])
    await dana.press("Iniciar sesión")
    await dana.sees("Sesiones de hoy")
    await fits(dana, "today's sessions")


async def the_door(vesper: Running, pat: Client) -> None:
    """Who reads English after all chooses it, by keyboard, and it stays chosen."""
    page, html = pat.page, pat.page.locator("html")
    await pat.open_link(vesper.demo["links"][0]["url"])
    await pat.button("Entrar a la sala de espera").wait_for()
    await expect(html).to_have_attribute("lang", "es")
    await expect(page).to_have_title("Hola, Pat Morrow · Vesper")
    await fits(pat, "the door")
    await pat.button("English").focus()
    await page.keyboard.press("Enter")
    await pat.button("Enter the lobby").wait_for()
    await expect(pat.button("Español")).to_be_focused()
    await page.reload()
    await pat.button("Enter the lobby").wait_for()
    await expect(html).to_have_attribute("lang", "en")
    await pat.press("Español")
    await pat.press("Entrar a la sala de espera")
    await pat.sees("Está en la sala de espera")
    await fits(pat, "the lobby")


async def the_room(vesper: Running, dana: Facilitator, pat: Client) -> None:
    await dana.page.locator(f'a[href="/session/{vesper.demo["session"]}"]').click()
    await dana.press("Entrar a la sala")
    await dana.page.set_viewport_size({"width": DESK, "height": 720})
    await dana.press("Empezar la sesión")
    await dana.press("Dejar pasar a Pat Morrow")
    await pat.button("Salir").wait_for()
    await expect(pat.page.get_by_text("Faltan")).to_be_visible()
    await expect(dana.page.get_by_role("list", name="Asistencia hasta ahora").get_by_text("Aquí")).to_be_visible()
    await fits(pat, "the room")


async def the_end(dana: Facilitator, pat: Client) -> None:
    await dana.confirm("Terminar sesión", "Terminar para todos")
    for person in (dana, pat):
        await person.sees("La sesión terminó")
    await expect(pat.page.get_by_text("El tiempo que estuvo quedó registrado.")).to_be_visible()
    await dana.page.set_viewport_size({"width": PHONE, "height": 720})
    await dana.page.get_by_role("link", name="Asistencia y notas").click()
    await expect(dana.page.get_by_text("Facturable").first).to_be_visible(timeout=WAIT)
    await fits(dana, "attendance")
