// The map page alone: scatter (in the core), scattergeo and choropleth.
const Plotly = require('plotly.js/lib/core');

Plotly.register([require('plotly.js/lib/scattergeo'), require('plotly.js/lib/choropleth')]);
module.exports = Plotly;
