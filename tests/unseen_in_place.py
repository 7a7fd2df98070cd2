"""Texts in which a script or a picture needs what is not seen."""

UNSEEN_IN_PLACE = [
    *("می\u200cخواهم", "داروها\u200cی", "ه\u200d", "کتاب\u200cها"),
    *("ශ්\u200dරී ලංකා", "क्\u200dष", "र्\u200dय", "संयुक्\u200dत", "র\u200d্যাব", "ರ\u200d್ಯ"),
    *("അവന്\u200d", "విండోస్\u200c", "க்\u200cஷ"),
    *("辻\U000e0100", "葛\U000e0100城", "יְרוּשָׁלַ\u034fִם", "ᠮᠣᠩᠭᠤᠯ\u180eᠠ", "ᠠ\u180b"),
    *(
        "ℹ\ufe0f",
        "〰\ufe0f",
        "‼\ufe0f",
        "1\ufe0f\u20e3",
        "#\ufe0f\u20e3",
        "™\ufe0f",
        "↔\ufe0f",
        "Ⓜ\ufe0f",
        "❤\ufe0e",
    ),
    *("👩\u200d⚕\ufe0f", "👩🏽\u200d⚕\ufe0f", "❤\ufe0f\u200d🔥", "👁\ufe0f\u200d🗨\ufe0f"),
    *("👨\u200d👩\u200d👧", "🏳\ufe0f\u200d🌈", "🕵🏻\u200d♀\ufe0f"),
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
]
