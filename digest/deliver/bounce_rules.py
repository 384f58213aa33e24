"""What mail servers say, as data: words, and the reason that each stands for.

Words are looked for in the order given: what is about us before what is about the mailbox, the
particular before the general.
"""

import re

Rules = tuple[tuple[str, tuple[str, ...]], ...]
"""Reason -> the patterns it is told by, in lower-case text."""

WORDS: Rules = (
    (
        "authfailure",
        (
            r"\bspf\b(?! pass)|\bdkim\b|\bdmarc\b|sender id \(pra\)|unauthenticated email",
            r"sender is unauthenticated|does not have authentication information",
            r"authentication (?:checks?|results?) fail|purported responsible.{0,20}fail",
        ),
    ),
    (
        "requireptr",
        (
            r"reverse dns|\bptr\b|\brdns\b|unresolvable (?:relay )?(?:ip|client|host)",
            r"cannot (?:resolve|find) your (?:ip|hostname)",
            r"client host(?:name)? rejected: cannot find|no (?:matches to )?nameserver|fix reverse",
            r"all mail servers must have|does not resolve to",
            r"(?:without|not have) a (?:valid )?(?:sender domain|reverse)|unverified client host",
        ),
    ),
    (
        "speeding",
        (
            r"receiving mail (?:at a rate|too quickly)|too many recipients this hour",
            r"sent to too many recipients|sending (?:rate|too)|exceeded? the (?:maximum )?rate",
            r"(?:message|mail|sending) rate (?:limit|exceed)",
            r"rate[- ]limit(?:ed|ing)?\b(?!.{0,12}connection)|throttl|too (?:fast|quickly)",
            r"too much (?:mail|traffic)|exceeded.{0,30}(?:per hour|hourly)",
        ),
    ),
    (
        "toomanyconn",
        (
            r"too many (?:concurrent |simultaneous |smtp )*(?:connections|sessions)",
            r"connection (?:rate|frequency|limit|count)|connections? (?:exceeded|limited)",
            r"too many recipients|excessive (?:connections|unknown recipients)",
            r"maximum.{0,20}connections|conversations? per",
            r"max(?:imum)? message(?:s)? per connection",
        ),
    ),
    (
        "notcompliantrfc",
        (
            r"not rfc ?5322|rfc ?(?:2822|5322)[- ]compliant|multiple (?:from|subject)",
            r"multiple addresses in from|bare (?:cr|lf)|invalid (?:bytes|header)|duplicate header",
            r"missing.{0,20}(?:message-id|date|from) header|malformed (?:message|header)",
        ),
    ),
    (
        "virusdetected",
        (r"\bvirus\b|malware|infected|suspicious (?:attachment|payload)|your.{0,20}worm",),
    ),
    (
        "mailererror",
        (
            r"procmail|\|ifs=|mailer (?:error|returned)|x-unix|command (?:failed|died|output)",
            r"pipe to|exit (?:code|status)|local mailer|smtp mailer error",
        ),
    ),
    (
        "mailboxfull",
        (
            r"mailbox (?:is |was |has |too )?(?:full|exceed|over|large)",
            r"(?:over|out of|exceeded?) (?:the |their |its |his |disk |mail |mailbox "
            r"|storage |email |maximum )*(?:quota|storage|space)",
            r"quota (?:is )?(?:exceeded|full|violation|overflow)",
            r"(?:disk|mailbox|storage|user|inbox) quota|insufficient (?:system )?(?:storage|disk)",
            r"inbox is (?:full|out of)|mbox full|mailfolder is full",
            r"maildir(?:ectory)? (?:delivery failed: )?(?:over|has overdrawn)",
            r"not enough (?:storage|disk|space)|account is (?:full|over)|overquota",
            r"exceeded (?:email|storage|mailbox|allocated|inbox)|full mailbox",
            r"recipient storage full|user (?:is|has) (?:over|exceeded|too many messages)",
            r"too much mail data|no space left|mailbox.{0,12}(?:いっぱい|一杯)",
            r"メールボックスが一杯",
            r"bo[iî]te.{0,20}pleine|hat (?:sein|das) .{0,20}limit|postfach ist voll|quotaexceeded",
            r"size of mailbox|exceed the quota",
        ),
    ),
    (
        "mesgtoobig",
        (
            r"(?:message|mail|letter|e-?mail|data|size).{0,20}(?:too (?:big|large|long)|exceeds?)",
            r"exceeds? .{0,25}(?:size|length)|message (?:size|length|header size)|recipsizelimit",
            r"max(?:imum)? (?:message|mail) size|size limit",
        ),
    ),
    (
        "hostunknown",
        (r"account or domain may not exist|dns lookup failure: host",),
    ),
    (
        "filtered",
        (
            r"(?<!5\.1\.1 )requested action not taken: mailbox unavailable",
            r"doesn't have a \S+ account \(\S+\) \[-\d|\b550[ :-]*: user unknown",
            r"-> 550 : user unknown|not accepting mail from this",
        ),
    ),
    (
        "userunknown",
        (
            r"recipient address rejected: access denied|no such user|user unknown|unknown user",
            r"(?<!sender )(?<!recipient )address rejected",
        ),
    ),
    (
        "suspend",
        (
            r"(?:account|mailbox|user|recipient|domain|address|compte)[^.;]{0,60}(?:disabled"
            r"|suspended|inactive|deactivated|frozen|bloque|blocked|locked|dormant|not active)",
            r"(?:disabled|suspended|inactive|deactivated|frozen) (?:account|mailbox|user"
            r"|recipient|address)",
            r"temporarily (?:disabled|locked)|mailbox currently suspended",
            r"has been (?:disabled|suspended)|invalid/inactive|has been inactive",
            r"not accepting (?:messages|mail) for|mailbox is (?:not active|locked)",
            r"no longer (?:active|in use)|archived recipient",
        ),
    ),
    (
        "hasmoved",
        (
            r"no longer on (?:server|this)|not our customer|has (?:been )?(?:moved|replaced)",
            r"address has changed|new address|user has moved|forwarding address",
        ),
    ),
    (
        "norelaying",
        (
            r"relay(?:ing)?[ -](?:access )?(?:denied|not (?:permitted|allowed|possible)"
            r"|prohibited|not available)",
            r"(?:unable|not (?:permitted|allowed|able|authorized)) to relay",
            r"that domain isn't in my list|we do not relay|relay not permitted|no relay",
            r"denied relay|is not permitted to relay|this server is not.{0,20}open relay",
            r"mail server requires auth",
        ),
    ),
    (
        "securityerror",
        (
            r"authentication (?:is )?(?:required|failed|failure|needed)",
            r"auth(?:entication)? turned on|unauthenticated senders",
            r"must (?:be authenticated|authenticate)|(?:user|log-?in|smtp) authentication",
            r"you are not authorized to send mail|starttls|cleartext|encrypt|insecure mail relay",
            r"verification failure|account not subscribed|not authenticated",
            r"sorry, you don't authenticate|executable files|password",
        ),
    ),
    (
        "badreputation",
        (
            r"(?:poor|low|bad) (?:\w+ )?reputation|reputation (?:of|too|is)",
            r"unsolicited mail originating from your ip",
            r"suspicious due to the (?:very |nature )?low|ip reputation",
        ),
    ),
    (
        "blocked",
        (
            r"(?:client|ip|host|address|server|sender|connection|messages from|mail from"
            r"|network)[^.;]{0,60}(?:blocked|blacklist|black list|block ?list|banned|block list)",
            r"(?:blocked|listed|rejected|block|denied|refused)[^.;]{0,30}(?:using|by|in|at"
            r"|with|from) [^ ]*(?:[dr][nh]s?bl|spamcop|spamhaus|sorbs|barracuda|blacklist"
            r"|block ?list|bl\.)",
            r"my name was rejected|\bdnsbl\b|\brbl\b|spamhaus|spamcop|dnsbl|blacklist|blocklist",
            r"banned sending ip|bloquee|weren't sent|part of their network is on our",
            r"too many unwanted messages",
            r"(?:your|the) (?:ip|host|mail server|client|server)[^.;]{0,40}(?:not allowed"
            r"|rejected|refused|banned|denied)",
            r"client host rejected|not (?:allowed|authorized) to (?:connect|send)|bad sender ip",
            r"connection (?:refused|dropped|re-?set|closed) by (?:peer|policy|security)",
            r"connections? (?:not accepted|will not be accepted|reset)",
            r"access denied\.? ?(?:ip|your ip)|dynamic (?:ip|adsl|address)",
            r"host network not allowed|\(bl\)|helo|bad dns|fake (?:mx|helo)",
            r"(?:invalid|unauthenticated) (?:ip|helo|ehlo)|no access from mail server",
            r"ip not authorized|no connection from|is in a black",
            r"we do not accept (?:mail|connections?) from|spammers?\b|temporarily deferred due to",
            r"sc-00[1-4]|forgery|from_email_rejected|client .{0,30}refused",
        ),
    ),
    (
        "spamdetected",
        (
            r"\bspam\b|\bube\b|\bjunk\b|unsolicited|bulk mail|content rejected|phish",
            r"message content (?:is )?(?:rejected|not)|advertisement|likely suspicious",
            r"scored? .{0,15}spam|spamassassin|considered (?:un|spam)|looks like|high probability",
            r"bogofilter",
        ),
    ),
    (
        "contenterror",
        (
            r"8bitmime|8-bit|non[- ]ascii|mime (?:error|format)|message has (?:an )?invalid",
            r"header error|improper use of 8|(?:charset|character set)",
            r"content.{0,15}(?:not supported)|corrupt (?:mail|message)",
            r"(?:unsupported|unsafe) (?:mime|content)|html e?mail",
        ),
    ),
    (
        "policyviolation",
        (
            r"policy|policies|not accepted for",
            r"(?:file|attachment|content|extension)[^.;]{0,40}(?:not allowed|rejected|blocked"
            r"|prohibited|potential|forbidden)",
            r"message not allowed|protocol violation|closed mailing list",
            r"because the recipient is not|denied by|potential security|you have exceeded",
        ),
    ),
    (
        "notaccept",
        (
            r"does not accept (?:any )?(?:mail|e-?mail)|no mx (?:record )?found|no smtp service",
            r"null ?mx|nullmx|host/domain does not accept",
            r"malformed or unexpected name server reply|does not receive mail",
            r"smtp protocol (?:violation|returned a permanent)|no mx or srv",
            r"name server: \.: host not found|mx or srv record indicated no",
            r"domain .{0,40}(?:accepts no|doesn't accept) mail",
        ),
    ),
    (
        "networkerror",
        (
            r"nxdomain|lookup of .{0,80}(?:responded|had no relevant)",
            r"dns (?:records?|error|server|lookup fail|problem)|hop count|too many hops",
            r"mail (?:forwarding )?loops?|routing loop|loop detected",
            r"message (?:probably )?in a (?:routing )?loop",
            r"network (?:is )?(?:unreachable|error|down)|could not connect|unable to connect",
            r"no route to host|loops? back to (?:me|my)|name service error(?!.{0,60}not found)",
            r"maximum hop|dns server returned|excessive recursion|no a record|malformed name",
            r"connection lost|lost connection|address family not supported",
            r"no mail servers? (?:for|available)|unrouteable mail domain",
            r"all relevant mx records point to non-existent|temporary.{0,20}lookup",
        ),
    ),
    (
        "hostunknown",
        (
            r"host (?:or domain (?:name )?)?(?:unknown|not found|lookup did not)|unknown host",
            r"no such (?:domain|host)",
            r"domain (?:name )?(?:not found|does not exist|doesn't exist|is not exist"
            r"|must resolve|is unknown|unknown|not (?:recognized|exist))",
            r"(?:invalid|unknown|bad|nonexistent) (?:destination )?(?:domain|system|host)",
            r"couldn't find any host|cannot find mx|can't find.{0,20}mx|no such domain",
            r"bad destination system|mail domain|name or service not known|unrouteable address",
            r"could not be resolved|no address associated|recipient domain|domain may not exist",
            r"illegal host|illegal domain|dns lookup failed",
        ),
    ),
    (
        "rejected",
        (
            r"sender (?:address )?(?:rejected|denied|verif|is not|domain)|domain of sender",
            r"(?:rejected|refused|invalid|unknown|bad) (?:sender|from address)",
            r"sender.{0,20}(?:not exist|invalid|unknown)|(?:ip |address )?from address",
            r"mail from .{0,40}(?:denied|rejected)|access denied|system of sender",
            r"you.{0,20}not (?:allowed|permitted) to (?:post|send)|permission to post",
            r"group.{0,80}(?:not exist|permission)|purported|closed group|message rejected",
            r"reject(?:ed)?\b.{0,15}sender|only accept",
        ),
    ),
    (
        "userunknown",
        (
            r"user (?:is )?(?:unknown|not (?:found|known|exist|listed)|invalid|does not exist"
            r"|doesn't exist)",
            r"unknown (?:user|recipient|address|local|mailbox|account|or illegal)",
            r"no such (?:user|mailbox|recipient|address|person|account|local|uid|name)",
            r"no mailbox (?:here|by|found|with)",
            r"(?:user|mailbox|recipient|address|account|adress|destinat\w+|local part"
            r"|alias)[^.;\n]{0,60}(?:not (?:found|known|exist|recogni[sz]ed|listed|valid|here"
            r"|have)|unknown|does(?:n't| not) (?:exist|have)|invalid|nonexistent|non-existent"
            r"|wasn.t found|not our|is not a valid|no longer (?:valid|exist)|inexistant"
            r"|inconnu|cannot be found|no exist)",
            r"(?:invalid|bad|nonexistent|non-existent|undeliverable|wrong|illegal) (?:user"
            r"|mailbox|recipient|address|account|destination|email|local|e-mail)",
            r"recipnotfound|recipientnotfound|recipient name is not recogni[sz]ed|address lookup",
            r"does not like recipient",
            r"not a (?:known|valid|registered) (?:user|mailbox|recipient|account|address)",
            r"(?:user|account).{0,40}doesn't have|doesn't have a .{0,40} account|no account by",
            r"mailbox not|addressee unknown|who are you|this user doesn|no valid recipients?",
            r"is not (?:a |one of our |our )?(?:known|recogni[sz]ed|valid|local|registered)",
            r"not in .{0,20}director",
            r"account (?:that you tried to reach )?(?:does not exist|not available|closed|expired)",
            r"delivery to (?:this|the) (?:address|user)|esta cuenta|usuario desconocido|inconnu",
            r"unbekannt|(?:user|recipient) .{0,30}no exist|宛先不明|見つかりません|存在しません",
            r"inactive email address",
            r"recipient address rejected: (?:access denied|undeliverable|user|no such|unknown"
            r"|mailbox un)",
            r"リストにありません|not listed in .{0,30}directory",
        ),
    ),
    (
        "filtered",
        (
            r"filter(?:ed|ing)?\b|because the recipient is only accepting|user reject",
            r"rejected by (?:the )?(?:recipient|user|destination|our)",
            r"due to (?:recipient|user) (?:rules|prefer)|not accepting mail from",
            r"refused by recipient|recipient .{0,20}(?:refus|restrict)|ドメイン指定|受信拒否",
            r"cannot be (?:accepted|received)",
        ),
    ),
    (
        "expired",
        (
            r"retry time|(?:message|mail|it).{0,40}(?:too long|expired)|delivery (?:time )?expired",
            r"has been in the queue|queue too long|multiple retries|timed? ?out",
            r"(?:delayed|delay)\b|could not be delivered for|not been delivered (?:for|after)",
            r"cannot be delivered within|connection (?:timed out|refused)|giving up",
            r"will (?:be )?(?:retried|keep trying)|retried for|retry timeout|host unreachable",
            r"socket error|did not accept our requests|not respond|no response",
            r"unable to deliver .{0,30}after|warning.{0,20}only",
        ),
    ),
    (
        "systemerror",
        (
            r"system (?:error|failure|config)|service (?:currently |is )?(?:unavailable|refuse)",
            r"internal (?:server )?error|local configuration|configuration error|can't create",
            r"cannot (?:open|create)|transaction failed|resources? (?:temporarily )?unavailable",
            r"server (?:error|busy|too busy|down)|delivery (?:failure|failed) due to",
            r"input/output error|out of memory|timeout exceeded",
        ),
    ),
    (
        "onhold",
        (r"temporar(?:y|ily)|try (?:again )?later|greylist|gr[ae]y ?list|please retry|deferred",),
    ),
    (
        "syntaxerror",
        (
            r"syntax error|malformed address|command (?:unrecognized|not (?:recogni|implement))",
            r"may not follow|bad sequence",
        ),
    ),
)

GENERAL: Rules = (
    (
        "userunknown",
        (
            r"recipient (?:address )?rejected|address rejected|does not like recipient",
            r"not (?:exist|found)|could not deliver mail to|unable to deliver message to",
        ),
    ),
    (
        "filtered",
        (r"reject|refus|denied|not accept",),
    ),
    (
        "expired",
        (r"not yet|still trying|temporary failure|giving up|queue",),
    ),
)
"""Words that say little: asked only after the codes."""


REFUSES_BY_RULE = re.compile(
    r"from inbound-smtp\.[a-z0-9-]+\.amazonaws\.com|docomo\.(?:[a-z]+\.)?(?:ne|co)\.jp|mineo\.jp"
)
"""Servers that say "unknown user" of mailboxes whose rules refused a message."""
