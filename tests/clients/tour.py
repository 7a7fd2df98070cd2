"""What the guide's tour does, by the client that openapi-python-client makes: a test runs it."""

import json
import sys

from msportal_api_client import Client
from msportal_api_client.api.changes import changes_list
from msportal_api_client.api.mechanisms import mechanisms_read
from msportal_api_client.api.therapies import therapies_list, therapies_read, therapies_version
from msportal_api_client.models.change_page import ChangePage
from msportal_api_client.models.course import Course
from msportal_api_client.models.gone import Gone
from msportal_api_client.models.moved import Moved
from msportal_api_client.models.therapy_answer import TherapyAnswer
from msportal_api_client.models.therapy_page import TherapyPage
from msportal_api_client.models.version_answer import VersionAnswer

site, renamed, withdrawn = sys.argv[1:]
client = Client(base_url=site, raise_on_unexpected_status=True)
following = Client(base_url=site, raise_on_unexpected_status=True, follow_redirects=True)

listed = therapies_list.sync(client=client, course=[Course.RRMS, Course.PPMS], limit=200)
assert isinstance(listed, TherapyPage), listed
therapy = therapies_read.sync(listed.results[0].id, client=client)
assert isinstance(therapy, TherapyAnswer), therapy
moved = therapies_read.sync(renamed, client=client)
assert isinstance(moved, Moved), moved
followed = therapies_read.sync(renamed, client=following)
assert isinstance(followed, TherapyAnswer), followed
assert followed.id == moved.id
gone = mechanisms_read.sync(withdrawn, client=client)
assert isinstance(gone, Gone), gone
version = therapies_version.sync(therapy.id, therapy.version, client=client)
assert isinstance(version, VersionAnswer), version
changes = changes_list.sync(client=client, since=0)
assert isinstance(changes, ChangePage), changes
another = changes_list.sync_detailed(client=client, since=changes.results[-1].seq, hash_="0" * 64)

print(
    json.dumps(
        {
            "count": listed.count,
            "id": therapy.id,
            "name": therapy.name,
            "certainties": [claim.certainty.value for claim in therapy.claims],
            "routes": [claim.values.route and claim.values.route.value for claim in therapy.claims],
            "quotes": [item.passage.exact for claim in therapy.claims for item in claim.evidence],
            "moved": moved.slug,
            "gone": gone.tombstone.reason,
            "digest": version.digest,
            "affects": [record.id for row in changes.results for record in row.affects],
            "another": another.status_code,
        }
    )
)
