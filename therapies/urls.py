"""Addresses of the pages about records and claims."""

from django.urls import URLPattern, path, re_path

from therapies.pages import (
    claims,
    compare,
    evidence_map,
    mechanisms,
    mechanisms_map,
    reporting,
    search,
    source_texts,
    sources,
    therapies,
)

app_name = "pages"

urlpatterns: list[URLPattern] = [
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="search-suggest"),
    path("therapies/", therapies.therapies, name="therapies"),
    path("therapies/<slug:slug>/", therapies.therapy, name="therapy"),
    path("compare/", compare.page, name="compare"),
    path("evidence-map/", evidence_map.page, name="evidence-map"),
    path("mechanisms/", mechanisms.mechanisms, name="mechanisms"),
    path("mechanisms/map/", mechanisms_map.page, name="mechanisms-map"),
    path("mechanisms/<slug:slug>/", mechanisms.mechanism, name="mechanism"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:slug>/", sources.source, name="source"),
    re_path(
        r"^sources/(?:doi:|https?:/+(?:dx\.)?doi\.org/)?(?P<code>10\.[0-9]{4,9}/[!-~\w]{1,200}?)/?$",
        sources.by_doi,
        name="source-by-doi",
    ),
    path("claims/<slug:claim_id>/", claims.claim, name="claim"),
    path("claims/<slug:claim_id>/cite/", claims.cite, name="claim-cite"),
    path("claims/<slug:claim_id>/report/", reporting.claim, name="claim-report"),
    path("reports/", reporting.find, name="reports"),
    path("reports/<slug:reference>/", reporting.report, name="report"),
]
urlpatterns += [
    path("sources/<slug:slug>/text/", source_texts.text, name="source-text"),
    path(
        "sources/<slug:slug>/v/<int:number>/text/",
        source_texts.text_of_version,
        name="source-version-text",
    ),
]
for kind, views in (("therapy", therapies), ("mechanism", mechanisms), ("source", sources)):
    base = f"{views.__name__.rpartition('.')[2]}/<slug:slug>/"
    urlpatterns += [
        path(f"{base}history/", views.history, name=f"{kind}-history"),
        path(f"{base}v/<int:number>/", views.version, name=f"{kind}-version"),
        path(f"{base}cite/", views.cite, name=f"{kind}-cite"),
        path(f"{base}report/", reporting.records[kind], name=f"{kind}-report"),
        path(f"{base}v/<int:number>/cite/", views.cite_version, name=f"{kind}-version-cite"),
        path(f"{base}diff/<int:a>/<int:b>/", views.difference, name=f"{kind}-diff"),
    ]
