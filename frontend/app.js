// Makes the parts of a page livelier where there is JavaScript; every page works without.
import { initAll } from "./govuk-frontend.min.js";

initAll();
