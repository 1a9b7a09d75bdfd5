// Starts the components. Every page works without this file.
import { initAll } from "./vendor/govuk-frontend.min.js";
import { initAll as initCasework } from "./vendor/moj-frontend.min.js";

initAll();
initCasework();
