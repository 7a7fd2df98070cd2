"""The names of HTML and JATS elements, and how each one parts the text."""

from extraction.text.words import words

INLINE = words(
    "a abbr acronym b bdi bdo bold cite code data del dfn em ext-link font i inline-formula input "
    "ins italic kbd mark monospace named-content q s samp sc small span strike strong "
    "styled-content sub sup time tt u underline uri var wbr xref img graphic"
)
PARAGRAPHS = words(
    "abstract address article aside blockquote body caption center dd details div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html li main menu nav "
    "ol optgroup option p pre sec section select summary table tbody tfoot thead title tr ul "
    "title-group article-title trans-abstract kwd-group kwd contrib contrib-group aff "
    "pub-date ref ref-list back front article-meta journal-meta abstracttext abstract-text "
    "disp-quote list list-item boxed-text"
)
BREAKS = {
    "br": "\n",
    "td": "\t",
    "th": "\t",
    "surname": " ",
    "given-names": " ",
    "label": " ",
    "li": "\n• ",
}
SKIPPED = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "select"})
MUTED = frozenset({"head", "nav", "footer", "aside", "form", "button"})
"""Elements whose text is not shown, though the tags inside them are recorded."""
MUTED_XML = words(
    "journal-meta contrib-group aff author-notes pub-date history permissions article-id volume "
    "article-categories issue fpage lpage elocation-id kwd-group counts funding-group ref-list "
    "custom-meta-group title-group abstract-copyright "
    "pmid datecompleted daterevised journal pagination elocationid authorlist language "
    "publicationtypelist articledate medlinejournalinfo chemicallist meshheadinglist pubmeddata "
    "commentscorrectionslist citationsubset articletitle coistatement keywordlist grantlist "
    "vernaculartitle copyrightinformation"
)
VOID = words("meta link base area col embed param source track object")
KNOWN = INLINE | PARAGRAPHS | SKIPPED | MUTED | VOID | frozenset(BREAKS)
