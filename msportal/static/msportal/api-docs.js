/* The reader of the OpenAPI document: Swagger UI, which asks nothing of another site. */

const reader = document.querySelector("#swagger-ui");

SwaggerUIBundle({
  url: reader.dataset.document,
  domNode: reader,
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  deepLinking: true,
  validatorUrl: null,
});
