"""The words that people consent to. Changing one makes a new version; events keep the text that was read."""

from smartcx_portal.kit.language import N_
from smartcx_portal.models.privacy import ConsentPurpose

TITLES = {
    ConsentPurpose.MAIL: N_("Messages by e-mail"),
    ConsentPurpose.SMS: N_("Messages by SMS"),
    ConsentPurpose.SMS_TRANSFER: N_("SMS: data goes to the USA"),
    ConsentPurpose.HEALTH: N_("Details about your health and other sensitive details"),
    ConsentPurpose.TRACKING: N_("See whether mails are opened"),
}
TEXTS = {
    ConsentPurpose.MAIL: N_(
        "Yes, {tenant} may write to me about my appointments by e-mail. The mails go through the provider Mailjet."
        " It reports whether a mail was delivered, and keeps my address and the sending log for 30 days."
        " I can withdraw this at any time for the future, by a link in each mail or in the privacy portal."
    ),
    ConsentPurpose.SMS: N_(
        "Yes, {tenant} may send me SMS about my appointments. They go through the provider Twilio, which reports"
        " whether an SMS was delivered. I can withdraw this at any time for the future, by a link in each SMS or in the"
        " privacy portal."
    ),
    ConsentPurpose.SMS_TRANSFER: N_(
        "Yes, I expressly agree that for these SMS my telephone number and the text are sent to data centres of Twilio"
        " in the USA and stored there. I know the risk: the USA may not protect my data as the EU does. Authorities"
        " there may read it, and I may have no legal remedy against that. I can withdraw this at any time for the"
        " future."
    ),
    ConsentPurpose.HEALTH: N_(
        "Yes, I expressly agree that {tenant} uses the details about my health and other specially protected details"
        " that I enter here to prepare and carry out this appointment (Art. 9(2)(a) GDPR). I can withdraw this at any"
        " time for the future; the details are then erased unless a law requires that they are kept."
    ),
    ConsentPurpose.TRACKING: N_(
        "Yes, {tenant} may see whether I open mails about my appointment and click on links in them. Without this,"
        " mails carry nothing that reports it. I can withdraw this at any time for the future."
    ),
}
