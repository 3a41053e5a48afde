// Package httpapi serves the record over HTTP: /api/v1 with its OpenAPI
// document and reference page, metrics, and the built page.
//
// In: an open store, functions that read an upload into it and fetch an address, a
// configuration.
// Out: one http.Handler. A handler decodes, calls what the CLI calls too, and
// encodes; no rule of the record lives here. It opens no port, no file and no
// connection.
package httpapi
