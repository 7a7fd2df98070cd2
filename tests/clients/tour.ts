// What the guide's tour does, by openapi-fetch: a test type-checks and runs it.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

type Schemas = components["schemas"];

const [site, renamed, withdrawn] = process.argv.slice(2) as [string, string, string];
const client = createClient<paths, "application/json" | "application/problem+json">({ baseUrl: site });

/** What was asked for; a problem ends the program with its own words. */
function found<T>(answer: { data?: T; error?: Schemas["Problem"]; response: Response }): T {
  if (answer.data === undefined) throw new Error(answer.error?.detail ?? answer.response.statusText);
  return answer.data;
}

const list = found(
  await client.GET("/api/v1/therapies/", { params: { query: { course: ["rrms", "ppms"], limit: 200 } } }),
);
const [first] = list.results;
if (!first) throw new Error("No therapy is there.");

const therapy: Schemas["TherapyAnswer"] = found(
  await client.GET("/api/v1/therapies/{address}/", { params: { path: { address: first.id } } }),
);
const certainties: Schemas["Certainty"][] = therapy.claims.map((claim) => claim.certainty);
const routes: (Schemas["Route"] | null)[] = therapy.claims.map((claim) => claim.values.route);
const quotes = therapy.claims.flatMap((claim) => claim.evidence.map((item) => item.passage.exact));

const moved = await client.GET("/api/v1/therapies/{address}/", { params: { path: { address: renamed } } });

const gone = await client.GET("/api/v1/mechanisms/{address}/", { params: { path: { address: withdrawn } } });
if (gone.data || !gone.error || !("tombstone" in gone.error)) throw new Error("It is not withdrawn.");
const tombstone: Schemas["Tombstone"] = gone.error.tombstone;

const version = found(
  await client.GET("/api/v1/therapies/{address}/versions/{version}/", {
    params: { path: { address: first.id, version: therapy.version } },
  }),
);
const changes = found(await client.GET("/api/v1/changes/", { params: { query: { since: 0 } } }));
const last = changes.results.at(-1);
const again = await client.GET("/api/v1/changes/", {
  params: { query: { since: last?.seq ?? 0, hash: "0".repeat(64) } },
});

console.log(
  JSON.stringify({
    count: list.count,
    id: therapy.id,
    name: therapy.name,
    certainties,
    routes,
    quotes,
    moved: found(moved).slug,
    gone: tombstone.reason,
    digest: version.digest,
    affects: changes.results.flatMap((row) => row.affects.map((record) => record.id)),
    another: again.response.status,
  }),
);
