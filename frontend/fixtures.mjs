// Gathers the examples that GOV.UK Frontend comes with, options beside the HTML that they make,
// for the test that the Python package's components make the same.
import { readdirSync, readFileSync } from "node:fs";

const PACKAGE = "node_modules/govuk-frontend";
const COMPONENTS = `${PACKAGE}/dist/govuk/components`;

const { version } = JSON.parse(readFileSync(`${PACKAGE}/package.json`));
const components = {};
for (const component of readdirSync(COMPONENTS, { withFileTypes: true })) {
  if (!component.isDirectory()) continue;
  const { fixtures } = JSON.parse(readFileSync(`${COMPONENTS}/${component.name}/fixtures.json`));
  components[component.name] = fixtures.map(({ name, options, html }) => ({ name, options, html }));
}
console.log(JSON.stringify({ version, components }));
