"""Spanish, of the United States: usted, plain and warm."""

from domain.mail.words.text import Text, Words

WORDS: Words = {
    "invitation": Text(
        "Su cuenta en {clinic}",
        """
Hola:

{clinic} ha creado una cuenta para usted. Abra este enlace para elegir su contraseña. Funciona una sola vez, durante
24 horas:

{secret}

Si no esperaba este mensaje, puede ignorarlo.
""",
    ),
    "password_reset": Text(
        "Una contraseña nueva para {clinic}",
        """
Hola:

alguien pidió una contraseña nueva para su cuenta en {clinic}. Si fue usted, abra este enlace. Funciona una sola vez,
durante 30 minutos:

{secret}

Si no fue usted, puede ignorar este mensaje: su contraseña no cambia.
""",
    ),
    "email_change": Text(
        "Confirme su nueva dirección de correo para {clinic}",
        """
Hola:

esta dirección se indicó como el nuevo correo electrónico de una cuenta en {clinic}. Para confirmarla, abra este
enlace. Funciona una sola vez, durante 30 minutos:

{secret}

Si no esperaba este mensaje, puede ignorarlo: no cambia nada.
""",
    ),
    "email_changed": Text(
        "Su dirección de correo en {clinic} cambió",
        """
Hola:

los mensajes de {clinic} ya no llegan a esta dirección, porque se indicó una nueva para usted.

Si usted no lo quería, llame ahora a {clinic}.
""",
    ),
    "invited_elsewhere": Text(
        "Su dirección se usó en otro lugar",
        """
Hola:

otra organización intentó crear una cuenta con su dirección de correo. Usted la usa para entrar en {clinic}, así que no
se creó una segunda cuenta y nadie vio nada sobre usted.

Si quiere trabajar para las dos, dé una dirección distinta a la otra organización.
""",
    ),
    "identity_code": Text(
        "Su código para {clinic}",
        """
Hola:

su código es

{secret}

Funciona una sola vez, durante 10 minutos, en el navegador que lo pidió. Nadie de {clinic} le pedirá este código.

Si usted no pidió un código, puede ignorar este mensaje.
""",
    ),
    "guest_link": Text(
        "Su invitación de {clinic}",
        """
Hola:

{clinic} le invita a una videollamada. Abra este enlace cuando sea la hora. Es solo para usted, por favor no lo
comparta:

{secret}

Si no esperaba este mensaje, puede ignorarlo.
""",
    ),
    "join_link": Text(
        "Su enlace a {clinic}",
        """
Hola:

este es su enlace personal a las videollamadas de {clinic}. Por favor no lo comparta:

{secret}

Si no esperaba este mensaje, puede ignorarlo.
""",
    ),
}
