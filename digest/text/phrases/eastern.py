"""Words written from right to left."""

from digest.text.phrases.phrases import Phrases

ARABIC = Phrases(
    code="ar",
    stories={
        "zero": "{n} خبر",
        "one": "خبر واحد",
        "two": "خبران",
        "few": "{n} أخبار",
        "many": "{n} خبرًا",
        "other": "{n} خبر",
    },
    comma="،",
    bulletin="الأخبار في 60 ثانية",
    nothing="لا توجد أخبار في هذا العدد.",
    web="اقرأها على الويب",
    more="اقرأ المزيد",
    why="تصلك هذه الرسالة لأن {address} مشترك في {title} من {site}.",
    manage="غيّر ما يصلك",
    leave="إلغاء الاشتراك في {title} (Unsubscribe)",
    picture="الصورة: {credit}",
    raised="جُمع {raised} من {goal} ({percent}).",
    ends="ينتهي النداء في {date}.",
)
HEBREW = Phrases(
    code="he",
    stories={"one": "ידיעה אחת", "two": "שתי ידיעות", "other": "{n} ידיעות"},
    bulletin="החדשות ב־60 שניות",
    nothing="אין חדשות בגיליון הזה.",
    web="לקריאה באתר",
    more="להמשך קריאה",
    why="קיבלת את ההודעה הזאת כי {address} רשום ל{title} של {site}.",
    manage="שינוי מה שמתקבל",
    leave="ביטול ההרשמה ל{title} (Unsubscribe)",
    picture="תמונה: {credit}",
    raised="נאספו {raised} מתוך {goal} ({percent}).",
    ends="הבקשה מסתיימת ב־{date}.",
)
