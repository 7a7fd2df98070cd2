// Hands in many files one by one, or drafts them so, and says how far it is.
// Without it all go in one request, which is longer in coming.

const progress = (form) => {
  const box = document.createElement("div");
  const bar = document.createElement("progress");
  const said = document.createElement("p");
  box.className = "progress";
  said.setAttribute("role", "status");
  bar.setAttribute("aria-label", "Files done");
  box.append(bar, said);
  form.append(box);
  return { bar, said };
};

const send = async (address, fields) => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const answer = await fetch(address, { method: "POST", body, credentials: "same-origin" });
  const type = answer.headers.get("content-type") ?? "";
  if (answer.status === 403 && !type.startsWith("application/json")) {
    throw new Error("Your session is over. Sign in again; what is done stays.");
  }
  if (!type.startsWith("application/json")) throw new Error("The site did not answer as it should.");
  return { ok: answer.ok, ...(await answer.json()) };
};

const oneByOne = async (form, items, name, address, fields) => {
  const { bar, said } = progress(form);
  const faults = [];
  let last = {};
  bar.max = items.length;
  for (const button of form.querySelectorAll("button, input[type=submit]")) button.disabled = true;
  for (const [at, item] of items.entries()) {
    bar.value = at;
    said.textContent = `${at + 1} of ${items.length}: ${name(item)}`;
    try {
      const answer = await send(address, fields(item, last));
      if (!answer.ok) faults.push(`${name(item)}: ${answer.said}`);
      last = { ...last, ...answer };
    } catch (fault) {
      faults.push(`${name(item)}: ${fault.message}`);
      if (!(fault instanceof TypeError)) break;
    }
  }
  bar.value = items.length;
  for (const button of form.querySelectorAll("button, input[type=submit]")) button.disabled = false;
  if (faults.length) {
    const list = document.createElement("ul");
    list.className = "errorlist";
    list.setAttribute("role", "alert");
    for (const fault of faults) {
      const row = document.createElement("li");
      row.textContent = fault;
      list.append(row);
    }
    said.after(list);
    said.textContent = "Not all files came through.";
  }
  return { last, faults, said };
};

const token = (form) => form.querySelector("[name=csrfmiddlewaretoken]").value;

const upload = document.querySelector("#upload_form");
upload?.addEventListener("submit", async (event) => {
  const files = [...upload.querySelector("input[type=file]").files];
  if (files.length < 2) return;
  event.preventDefault();
  const { last, faults, said } = await oneByOne(
    upload, files, (file) => file.name, upload.dataset.handIn,
    (file, before) => ({ csrfmiddlewaretoken: token(upload), batch: before.batch ?? "", file }),
  );
  if (!faults.length && last.url) location.assign(last.url);
  else if (last.url) {
    const link = document.createElement("a");
    link.href = last.url;
    link.textContent = "Go on with the files that did";
    said.append(" ", link);
  }
});

const drafting = document.querySelector("[data-one-by-one]");
drafting?.addEventListener("submit", async (event) => {
  const ticked = [...drafting.querySelectorAll("input[name=keep]:checked")];
  if (ticked.length < 2) return;
  event.preventDefault();
  const { faults } = await oneByOne(
    drafting, ticked,
    (box) => box.closest("tr").querySelector(".title").textContent,
    location.href,
    (box) => ({ csrfmiddlewaretoken: token(drafting), keep: box.value, one: "1" }),
  );
  if (!faults.length) location.reload();
});
