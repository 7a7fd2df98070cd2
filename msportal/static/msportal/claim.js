// Of the values of a claim, shows those that its topic and certainty can have, and whatever holds
// something. Without this script all of them are there. What is not shown is empty, so that nothing
// is sent that nobody sees.

const form = document.getElementById("claim_form");
const fields = [...form.querySelectorAll("[data-topics], [data-certainties]")];
const note = document.createElement("p");
note.className = "help";
note.setAttribute("role", "status");

const chosen = (name) => {
  const named = form.elements.namedItem(name);
  return named ? named.value : "";
};

const fits = (codes, code) => codes === undefined || code === "" || codes.split(" ").includes(code);

const holds = (field) => (field.type === "checkbox" ? field.checked : field.value.trim() !== "");

const labelOf = (row) => row.querySelector("label").textContent.replace(/:\s*$/, "").trim();

function show() {
  const [topic, certainty] = [chosen("topic"), chosen("certainty")];
  const left = [];
  for (const field of fields) {
    const row = field.closest(".form-row");
    const fit = fits(field.dataset.topics, topic) && fits(field.dataset.certainties, certainty);
    row.hidden = !fit && !holds(field);
    if (row.hidden) left.push(labelOf(row));
  }
  for (const group of form.querySelectorAll("fieldset.module")) {
    const rows = [...group.querySelectorAll(":scope > .form-row")];
    group.hidden = rows.length > 0 && rows.every((row) => row.hidden);
  }
  note.textContent = left.length ? `Not shown, as a claim like this has none: ${left.join(", ")}.` : "";
}

if (fields.length) {
  form.querySelector(".form-row.field-certainty > div").append(note);
  form.addEventListener("change", show);
  show();
}
