// The charts of every page: scatter (in the core), bar and heatmap. Nothing else, so that it stays under its budget.
const Plotly = require('plotly.js/lib/core');

Plotly.register([require('plotly.js/lib/bar'), require('plotly.js/lib/heatmap')]);
module.exports = Plotly;
