"""The words that give a topic: patterns of cues, without regard to who is spoken of."""

import re

from extraction.text.guarded import Guarded, guarded


def _cue(pattern: str) -> Guarded:
    return guarded(pattern, re.I | re.X)


RESEARCH_NEED = _cue(
    r"""
    \b(?:more|further|additional|larger|continued|ongoing|future|long-term|prospective|new
      |confirmatory|larger-scale)
      \s+(?:[\w-]+\s+){0,4}?(?:stud(?:y|ies)|research|trials?|investigations?|work|evidence|data
      |confirmation|evaluation)
      \s+(?:[\w-]+\s+){0,6}?(?:needed|required|necessary|warranted|should|must|will|hold|holds
      |is\s+important)\b
    | \b(?:need|needs|necessity|require[sd]?|requiring|call(?:s|ing)?\s+for|warrant(?:s|ed)?
      |merits?|deserves?)
      \s+(?:for\s+)?(?:a\s+|an\s+)?(?:more|further|additional|larger|continued|ongoing|future
      |long-term|prospective|better)\s+
      (?:[\w-]+\s+){0,3}?(?:stud(?:y|ies)|research|trials?|investigation|work|evidence|data
      |evaluation)\b
    | \bremains?\s+to\s+be\s+(?:\w+\s+)?(?:determined|established|elucidated|seen|clarified
      |investigated|shown|evaluated|defined|proven)\b
    | \b(?:examination|evaluation|assessment|investigation|exploration)\s+of\b[^.;]{0,100}\b(?:is
      |are)\s+(?:needed|required|warranted)\b
    | \bneeds?\s+to\s+be\s+(?:\w+ly\s+)?(?:evaluated|studied|investigated|determined|established
      |assessed|clarified|confirmed)\b
    | \bneed\s+for\s+(?:more|better|new|safer)\s+(?:[\w-]+\s+){0,2}?(?:treatments?|therap\w+|drugs?
      |options)\b
    | \bneed\s+for\s+(?:such\s+(?:evidence|data|studies|trials)
      |(?:[\w-]+\s+){0,2}(?:algorithms?|guidelines?|biomarkers?))\b
    | \bfew\s+(?:[\w-]+\s+){0,3}(?:trials|studies)\s+have\b
    | \b(?:unmet|urgent|critical|pressing)\s+(?:\w+\s+)?needs?\b
    | \b(?:major\s+|main\s+|key\s+)?(?:challenges?|priorit(?:y|ies)|open\s+questions?)\s+(?:for|in
      |of)\s+(?:MS\s+|future\s+|multiple\s+sclerosis\s+)?(?:research|treatment|therapy
      |the\s+field)\b
    | \bresearch\s+(?:priorit|agenda|challenge|question|is\s+(?:needed|focus\w*|under\s+way))\w*
    | \b(?:drive|efforts?|race|push)\s+(?:towards?|to|for)\s+(?:develop|find|improv|identif)\w*
    | \b(?:exploring|developing|identifying|finding|discovering)\s+(?:new|novel|better|safer
      |more\s+\w+|other|further)\s+(?:[\w-]+\s+){0,3}?(?:avenues?|therap\w+|treatments?|targets?
      |drugs?|agents?|approach\w*|strateg\w+|biomarkers?|options?)\b
    | \bopportunit(?:y|ies)\s+for\s+(?:more\s+|better\s+|new\s+)
    | \bbiomarkers?\b[^.]{0,90}\b(?:are|is)\s+(?:being|currently|under|needed|required
      |also\s+being)\b
    | \bapproaches?\s+to\s+(?:prevent|cure|treat)\b[^.]{0,60}\bbeing\s+(?:considered|explored
      |studied|developed|investigated|tested)\b
    | \b(?:research|studies|trials)\s+(?:continues?|are\s+under\s+way|is\s+under\s+way|(?:is
      |are)\s+(?:also\s+)?(?:ongoing|continuing)\s+to)\b
    | \bdata\s+(?:are|is)\s+(?:still\s+)?(?:lacking|limited|scarce|awaited)\b
    | \bpossibilit(?:y|ies)\s+(?:for|of)\s+more\s+effective\b
    | \bdeveloping\s+therapies\b
    | \b(?:stud(?:y|ies)|trials?)\s+will\s+(?:also\s+)?(?:compare|assess|evaluate|test
      |determine|investigate|examine
      |explore)\b
    """
)

STATUS = _cue(
    r"""
    \b(?:FDA|EMA)-(?:approved|cleared|licensed|authori[sz]ed)\b
    | \b(?:approved|licen[sc]ed|authori[sz]ed|registered
      |marketed)\b(?!\s+(?:by\s+)?(?:the\s+)?(?:ethics|institutional|local|IRB|protocol))
    | \b(?:approval|licen[cs]e|licensure|authori[sz]ation|marketing)\b(?=\s+(?:for|by|in|from|of
      |has|was|on|as|status))
    | \b(?:received|gained|granted|obtained|won|given)\s+(?:\w+\s+){0,3}(?:approval
      |authori[sz]ation|licen[cs]e)\b
    | \boff[-\s]label\b | \bunlicen[sc]ed\b | \bwithdrawn\s+from\s+(?:the\s+)?(?:\w+\s+)?market\b
    | \b(?:marketing\s+authori[sz]ation|licen[cs]e)\s+(?:was\s+)?(?:refused|suspended|withdrawn
      |revoked)\b
    | \b(?:voluntarily\s+)?(?:withdrawn|suspended|discontinued)\s+(?:worldwide|globally
      |by\s+(?:the\s+)?manufacturer)\b
    | \bundergoing\s+(?:clinical\s+)?(?:trials?|evaluation|testing|development)\b
    | \bunder\s+(?:\w+\s+)?(?:investigation|development|evaluation|study|review)\b
    | \b(?:being|currently|been)\s+(?:\w+\s+)?(?:studied|investigated|tested|trialled|developed
      |evaluated|explored|assessed)\s+(?:in|as|for|by|to)\b
    | \bin\s+(?!(?:our|this|the|that|these|those|another|each|every|previous|earlier|prior|one|a|an
      |any|such)\s)(?:\w+\s+)?(?:clinical\s+)?(?:development
      |trials?\b(?:\s+phases?)?)\b(?!\s+(?:of|with
      |comparing))
    | \bin\s+clinical\s+trial\s+phases?\b | \b(?:clinical\s+)?trials?\s+(?:for|of|with
      |in)\s+[^.;]{0,80}?\b(?:are|is)\s+(?:currently\s+|still\s+|now\s+)?(?:ongoing|under\s*way
      |in\s+progress|recruiting|planned)\b
    | \b(?:phase|Phase)\s+(?:[1-4]|I{1,3}V?|IV)(?:[ab/]\w*)?\s+(?:clinical\s+)?(?:trials?|stud(?:y
      |ies)|testing|development)\b
    | \bdevelopment\s+(?:of\s+[^.;]{3,60}?\s+|in\s+(?:MS|multiple\s+sclerosis)\s+
      |program\w*\s+)*(?:was|has\s+been)\s+(?:stopped|halted|discontinued
      |terminated)\b | \b(?:was|were|been)\s+(?:\w+ly\s+)?(?:suspended
      |withdrawn)\b(?!\s+from\s+(?:the\s+)?(?:study|trial)) | \binvestigational\b
      | \bexperimental\s+(?:\w+\s+)?(?:therap|treatment|agent|drug|medicine|approach)\w*
    | \b(?:is|are|remains?|still)\s+(?:considered\s+)?experimental\b
    | \b(?:widely|commonly|routinely|currently|increasingly)\s+(?:used|prescribed|available)\b
    | \bin\s+wide(?:spread)?\s+use\b | (?<!data\s)(?<!results\s)\b(?:is|are|became
      |become)\s+(?:now\s+)?(?:(?:widely
      |commercially|generally|readily)\s+)?available\b
    | \b(?:led|leading)\s+to\s+the\s+(?:development|introduction|approval)\s+of\b
    | \bemerging\s+(?:\w+\s+)?(?:therap|treatment|approach|strateg|agent|option|drug)\w*
    | \bnovel\s+(?:agent|drug|compound|oral)\b | \bpre-?clinical\s+(?:stud|development|stage
      |testing)\w*
    """
)

SAFETY = _cue(
    r"""
    \b(?:can['’]t|cannot|shouldn['’]t)\s+(?:take|use|start)\b |
    \b(?:should|must)\s+(?:be\s+)?avoid(?:ed)?\b | \b(?:should
      |must)\s+(?:\w+\s+)?be\s+(?:stopped|discontinued
      |interrupted|suspended|delayed|postponed)\b | \b(?:before|after|until)\s+conception\b
      | \bharms?\b | \bf(?:o)?etus\b | \bunborn\b
    | \b(?:birth\s+defects?|birth\s+control)\b | \blive(?:[-\s]attenuated)?\s+vaccin\w+ |
    \b(?:un)?safe(?:r|ty|ly)?\b(?!\s+(?:measures|assessments|endpoints?|data\s+were\s+collected
      |population))
    | \badverse\b | \bside[-\s]effects?\b | \btoxic(?:ity|ities)?\b
    | \b(?:well|poorly|better|generally)[-\s]tolerated\b | \btolerab(?:le|ility)\b | \btolerated\b
    | \bcontraindicat\w+ | \brisk\s+of\s+(?!relaps|progress|disab|disease|conver|MS\b
      |cognitive|CDMS|CDP
      |SPMS|clinically\s+definite|secondary|(?:three|six|nine|twelve)-(?:week|month)
      |developing\s+MS|attack|\d|worsen|\w+\s+(?:disab|progress)|EDSS|confirmed)
    | \b(?:higher|increased|elevated|greater|no)\s+risk\b(?!\s+(?:of|for)\b)
    | \bboxed\s+warning\b | \bcomplications?\b | \bharmful\s+(?:effects?|reactions?)\b | \bharms\b
      | \bdeaths?\b | \bfatal\w*
    | \b(?:must|should)\s+not\s+(?:be\s+)?(?:used?|taken?|given|administered|receive|start|get)\b
      | \bteratogen\w+
    | \b(?:pregnan|breast[-\s]?feed|lactat)\w* | \bdiscontinu(?:ed
      |ation)\s+(?:\w+\s+){0,2}due\s+to\b | \b(?:discontinue|discontinued
      |stopped)\s+(?:the\s+)?treatment\b
    | \b(?:allerg|hypersensitiv|anaphyla)\w+ | \brebound\b | \bwarnings?\b | \bcontracepti\w+
      | \brisky\b | \bfetal\b | \bheart\s+rate\b
      | \b(?:liver|hepatic)\s+(?:enzymes?|problems?|damage
      |failure|injury|toxicity)\b | \blife-threatening\b
    | \b(?:significant|serious|substantial|considerable|known|major)\s+risks?\b
      | \bblood\s+pressure\b | \breactivation\b
    """
)
MONITORING = _cue(
    r"""
    \bmonitor(?:ed|ing|s)?\b | \bsurveillance\b | \b(?:regular|routine|periodic|baseline|follow-up
      |annual|monthly)\s+(?:\w+\s+){0,2}(?:tests?|scans?|MRIs?|checks?|examinations?|assessments?
      |counts?|screening|visits?)\b
    | \b(?:blood\s+tests?|(?:blood|lymphocyte|platelet|white\s+cell)\s+counts?)\b | \bscreen(?:ed
      |ing)\s+(?:for|before|prior)\b
    | \b(?:ECG|electrocardiogra\w+|liver\s+function\s+tests?|complete\s+blood\s+counts?
      |ophthalm\w+\s+(?:exam\w*|evaluation)|eye\s+(?:exam\w*|test)s?)\b
    | \b(?:JC\s?V|JC\s+virus|anti-JCV)\b[^.]{0,40}\b(?:antibod|test|index|status|serolog)\w*
    | \b(?:should|must|need\s+to|have\s+to)\s+be\s+(?:checked|tested|screened|observed|obtained
      |measured|examined)\b
    | \b(?:check|test|screen|obtain|measure)\s+(?:\w+\s+){0,8}(?:before|prior\s+to|every|during)\b
    """
)
ADMINISTRATION = _cue(
    r"""
    \badminister(?:ed|ing)?\b | (?<!drug\s)\badministration\b(?!\W+(?:\(FDA|approv))
    | \b(?:intravenous
      |subcutaneous|intramuscular|intrathecal|oral)(?:ly)?\b(?!\s+(?:contracepti|cavity|glucose))
    | \binfusions?\b(?!-?\s*(?:site|related|reaction)) | \binfused\b
    | (?<!post-)(?<!pre-)\binject(?:s|ed|ions?|able)?\b(?![-\s]+site) | \bself-inject\w*
    | \b(?:tablets?|capsules?|pills?)\b | \bby\s+mouth\b | \b(?:once|twice|three\s+times)\s+(?:a\s+
      |per\s+|every\s+)?(?:day|daily|week|weekly|month|monthly|year|yearly)\b
    | \bevery\s+(?:other\s+day|(?:\d+|two|three|four|six|eight|twelve|twenty-four)\s+(?:hours|days
      |weeks|months))\b
    | \b(?:recommended|maintenance|starting|initial|maximum|daily|loading)\s+(?:\w+\s+)?dos(?:e|es
      |age|ing)\b | \bdos(?:e|es|age|ing)\s+(?:of|is|regimen|should|schedule|interval)\b
    | \b\d+(?:[.,]\d+)?\s?(?:mg|mcg|µg|μg|MIU|g)\b(?!/d?l\b) | \b(?:is|are)\s+(?:taken|given
      |injected)\b | \byou\s+(?:take|inject|have|swallow)\s+(?:it|this|them)\b
    | \bcomes\s+(?:as|in)\s+an?\b | \bsingle-(?:dose|use)\s+(?:vial|pen|syringe)s?\b
    | \bdrip\b | \bdos(?:e|age)\s+adjustments?\b | \bpre-?filled\s+(?:syringe|pen) | \bpremedicat\w+
    """
)
INDICATION = _cue(
    r"""
    \bindicated\s+(?:for|in|as)\b | \bindications?\s+(?:for|is|are|include)\b
    | \b(?:used|prescribed|recommended|offered|given|suitable|considered|reserved|intended
      |available|option|options|choice)\s+(?:\w+\s+){0,6}?(?:for|to\s+treat
      |in)\s+(?:the\s+)?(?:\w+\s+){0,4}?(?:treat\w*|management|people|patients|adults|children|MS
      |multiple\s+sclerosis|relaps\w+|RRMS|RMS|SPMS|PPMS|CIS|primary|secondary|active|individuals)\b
    | \bfor\s+(?:the\s+)?(?:treatment|management|therapy)\s+of\b | \bin\s+(?:the\s+)?(?:treatment
      |management)\s+of\s+(?:MS|multiple\s+sclerosis|patients|relaps|RRMS|progressive|autoimmune)
    | \b(?:drugs?|treatments?|therap(?:y|ies)|medicines?|medications?
      |options?)\s+(?:\([^)]{1,20}\)\s+)?for\s+(?:the\s+)?(?:[\w-]+\s+){0,4}?(?:MS
      |multiple\s+sclerosis|relapsing\S*|RRMS
      |PPMS|SPMS)\b | \bto\s+treat\b | \btreatments?\s+(?:of|for)\s+(?:MS|multiple\s+sclerosis
      |relapsing\S*|progressive|RRMS|PPMS|SPMS|active|patients|adults)\b | \btreats\b
    | \b(?:first|second|third)[-\s]line\b | \bMS\s+management\b | \b(?:care
      |management)\s+of\s+(?:people|patients|MS|multiple\s+sclerosis)\b | \bmanag(?:e|ing)\s+(?:MS
      |multiple\s+sclerosis|the\s+disease)\b | \boffers?\s+treatments?\b
    | \b(?:important|importance)\s+in\s+(?:\w+\s+){0,3}diseases?\b
      | \b(?:not\s+)?recommended\s+(?:for|in)\b | \bcontrol\s+the\s+disease\b
    | \ban?\s+(?:[\w-]+\s+){0,3}option\s+(?:for|in)\b | \bconsidered\s+(?:when|if)\b
      | \bsuitable\s+for\b | \b(?:is|are)\s+(?:usually\s+|often\s+|commonly\s+)?treated\s+with\b
      | \bused\s+as\s+(?:an?\s+)?(?:add-?on|adjunct\w*|adjuvant|monotherapy|bridging)\b
    | \bprescribed\s+(?:to|for)\s+(?:\w+\s+){0,3}?(?:patients|people|adults|children)\b
    | \bcornerstones?\b | \bmainstays?\b | \bstandard\s+(?:of\s+care|treatment|therapy)\b
    """
)
MECHANISM = _cue(
    r"""
    \bhow\s+(?:[\w-]+\s+){1,4}?(?:works?|acts?)\b |
    \bhow\b[^.;]{0,120}\b(?:is|are|remains?)\s+(?:(?:not|poorly
      |incompletely)\s+(?:\w+\s+)?(?:understood|known|clear)
      |unknown|unclear)\b |
    \b(?:stops?|keeps?|traps?|prevents?)\s+(?:[\w-]+\s+){0,4}?(?:cells?|lymphocytes)\s+from\b |
    \bmechanisms?\s+of\s+action\b | \bmodes?\s+of\s+action\b | \bmechanisms?\s+(?:by
      |through)\s+which\b | \bworks?\s+by\b | \bacts?\s+(?:by|on|via|through|as)\b
    | \bexert(?:s|ed)?\s+(?:its|their|this|a|an)\b[^.]{0,50}\b(?:effect|action
      |efficacy)s?\b[^.]{0,40}\b(?:by|through|via)\b
    | \b(?:bind(?:s|ing)?|attach(?:es|ing)?)\s+to\b | \b(?:targeted|directed)\s+against\b
    | \b(?:immunomodulat|immunosuppress|neuroprotect|anti-?inflammator)\w+\s+(?:\w+\s+)?(?:effects?
      |actions?|propert\w+|mechanisms?|roles?|activit(?:y|ies)|potential)\b
    | \b(?:receptor|enzyme|kinase|pathway)\s+(?:ant)?agonis\w+ | \b(?:inhibits?|blocks?|depletes?
      |sequesters?|suppress(?:es)?|modulates?|activates?)\s+
    | \b(?:inhibiting|blocking|depleting|sequestering|suppressing|modulating
      |activating)\s+(?!agents?|drugs?|therap|treatments?|antibod)
    | \b(?:inhibition|blockade|depletion|sequestration|modulation|activation)\s+of\b
    | \btargeting\s+nature\b | \btargeting\s+(?:the\s+|these\s+|those\s+)?(?:immune|autoimmune|B
      |T)\b
    """
)
OUTCOME = _cue(
    r"""
    \b(?:in)?effective(?:ness)?\b(?!\s+contracepti) | \befficac(?:y|ious)\b | \befficient\b
      | \bbenefi(?:t|ts|cial|ted)\b
    | \bcures?\b | \brespond(?:ed|s)?\b | \brespons(?:e|es|ive)\s+(?:rate
      |to\s+(?:the\s+)?(?:treatment|therapy|drug))\b | \bsuperior(?:ity)?\b | \bnon-?inferior\w*
    | \b(?:slow|delay|halt|improve)\w*\s+(?:the\s+)?(?:[\w-]+\s+){0,2}?(?:development
      \s+of\s+the\s+disease|course\s+of\s+the\s+disease|prognosis)\b
    | \boutperform\w* | \bperform(?:ed|s)?\s+(?:as\s+)?(?:well|better|worse)\b
    | \bend[-\s]?points?\b[^.]{0,40}\b(?:negative|positive|met|reached|achieved
      |missed|not)\b
    | \b(?:hazard|odds|rate|risk)\s+ratio\b | \b(?:early\s+|clinical\s+)?results\s+(?:are|were|have
      |show)\b
    | \bp\s?(?:-?value\s?)?[<=>≤]\s?0?\s?[.·]\s?\d
    | \b(?:no|not|nor|without)\s+(?:\w+ly\s+)?(?:any\s+)?(?:statistically\s+
      |clinically\s+)?significant(?:ly)?
      \s+(?:[\w-]+\s+){0,2}?(?:differ|chang|effect|improv|reduc|influenc|impact|increas
      |decreas|benefi)\w*
    | \bsignificant(?:ly)?\s+(?:[\w-]+\s+){0,2}?(?:improv|reduc|increas|decreas|lower|higher
      |better|fewer|greater
      |less|differ|chang|effect|influenc|impact)\w*
    | \b(?:improv|reduc|increas|decreas|differ|chang)\w*\s+significantly\b
    | \b(?:had|has|have|showed|with)\s+no\s+(?:\w+\s+){0,2}?(?:effect|influence|impact)\b
    | \b(?:increas|decreas|reduc|improv)(?:e|es|ed|ing)\s+(?:the\s+)?(?:number|production
      |levels?|secretion|expression
      |frequency|proportion|percentage|scores?|performance|strength)s?\b
    | \b(?:did|does|do)\s+not\s+differ\b | \bno\s+differences?\b
    | \bconverted\s+to\s+(?:SPMS|CDMS|(?:secondary|clinically)\s)
    | \bpromising\s+(?:\w+\s+)?(?:results?|effects?|findings?|data)\b
    | \b(?:favou?rable|positive|beneficial|negative|detrimental)\s+(?:impact|effects?|influence)\b
    | \b(?:reduc|prevent|suppress|ameliorat|attenuat|delay
      |inhibit)\w*\s+(?:[\w-]+\s+){0,3}?(?:demyelination|EAE
      |encephalomyelitis|axonal\s+(?:loss|damage)|neurodegeneration|disease\s+(?:severity
      |scores?)|paralysis)\b
    | \bpermanently\s+disabled\b
    | \bhope\s+for\b | \b(?:improved|better|predictable|favou?rable|long-term)\s+outcomes?\b
      | \binnovative\s+treatments?\b
    | \bmobility\b | \brelapse[-\s]free\b | \bdaily\s+(?:challenges|activities|living)\b
      | \boffers?\s+hope\b | \btreatment\s+options\b
    """
)
LIMITATION = _cue(
    r"""
    \bno\s+(?:[\w-]+\s+){0,2}(?:trials?|stud(?:y|ies)|data)\s+(?:has|have|exist) | \b(?:not
      |n['’]t)\s+work\b |
    \bnot\s+(?:all|every)\b | \b(?:do|does|did)\s+not\s+(?:completely|fully|entirely|always)\b
      | \bconflicting\b | \binconsistent\b
    | \blimitations?\b | \blimited\s+(?:by|to|evidence|data|efficacy)\b | \b(?:is|are|be|been
      |remains?|was|were)\s+limited\b
    | \bdrawbacks?\b | \bdisadvantages?\b
      | (?<!daily\s)(?<!everyday\s)(?<!cognitive\s)\bchallenges?\b | \bnot\s+effective\b
      | \bcannot\s+(?:cure|repair|reverse|be\s+used)\b | \bno\s+cure\b | \bnot\s+(?:a\s+)?cure\b
      | \bcontroversial\b | \bdebated\b
    | \bcosts?\b | \bexpensive\b | \bcomplexity\b | \bvariability\b | \bcomplex\s+interactions\b
      | \bsmall\s+(?:sample|number)\b | \bnot\s+powered\b
    | \binterpreted\s+(?:with\s+)?cauti\w+ | \bunmet\b | \bunknown\b | \bunclear\b
      | \bnot\s+(?:yet\s+)?known\b | \bpoorly\s+understood\b | \black(?:s
      |ing)?\s+(?:of\s+)?(?:efficacy|evidence|data|specific)\w*
    """
)
