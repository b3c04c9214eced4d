/* SPDX-License-Identifier: Apache-2.0 */
/* HTTP on 127.0.0.1: the listening socket, who may ask, and the headers of every reply. One thread polls all connections, so that a
   slow client holds a socket and no thread; what the record is asked is answered by the crew, and its connection sleeps until then. */
#include "serve/serve.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct an_server {
  struct MHD_Daemon *daemon;
  uint16_t port;
  char hosts[3][32];                      /* what `Host` may say */
  sv_crew crew;
  sv_cache cache;
};

/* What a request is until it is answered: its address, as it came, and its reply. */
typedef struct pending {
  sv_question question;                  /* first: the crew knows no more of it */
  struct MHD_Connection *connection;
  bool seen, given;                      /* given: to the crew; when it is seen again it has its answer */
  char uri[];
} pending;

/* ---- Who may ask ---------------------------------------------------------------------------------------------------- */

typedef struct heads { const an_server *server; uint32_t hosts; bool host_well, origin_well; } heads;

static bool is_ours(const an_server *server, const char *value) {
  for (size_t i = 0; i < 3; i++)
    if (value != NULL && strcmp(value, server->hosts[i]) == 0) return true;
  return false;
}

static enum MHD_Result see_header(void *ctx, enum MHD_ValueKind kind, const char *name, const char *value) {
  heads *h = ctx;
  (void)kind;
  if (strcasecmp(name, "Host") == 0) {
    h->hosts++;
    h->host_well = is_ours(h->server, value);
  }
  if (strcasecmp(name, "Origin") == 0)
    h->origin_well = h->origin_well && value != NULL && strncmp(value, "http://", 7) == 0 && is_ours(h->server, value + 7);
  return MHD_YES;
}

/* A page of another site that has our address under its own name, or sends its readers here, is turned away. */
static bool may_ask(const an_server *server, struct MHD_Connection *connection, sv_reply *reply) {
  heads h = {.server = server, .origin_well = true};
  MHD_get_connection_values(connection, MHD_HEADER_KIND, see_header, &h);
  if (h.hosts != 1 || !h.host_well) return sv_refuse(reply, 403, AN_LIT("Host"), "this name is not served", "ask for 127.0.0.1 or localhost, with the port");
  if (!h.origin_well) return sv_refuse(reply, 403, AN_LIT("Origin"), "other sites are not served", "open the page itself");
  return true;
}

/* ---- Replies ------------------------------------------------------------------------------------------------------------ */

static void put_headers(struct MHD_Response *response, const sv_reply *reply) {
  static const char *const always[][2] = {
      {"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                                  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"}, {"X-Frame-Options", "DENY"}, {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Resource-Policy", "same-origin"}, {"Cross-Origin-Opener-Policy", "same-origin"}};
  for (size_t i = 0; i < sizeof always / sizeof *always; i++) MHD_add_response_header(response, always[i][0], always[i][1]);
  MHD_add_response_header(response, "Content-Type", reply->type);
  MHD_add_response_header(response, "Cache-Control", reply->etag != NULL ? "no-cache" : "no-store");
  if (reply->etag != NULL) MHD_add_response_header(response, "ETag", reply->etag);
  if (reply->preload[0] != '\0') MHD_add_response_header(response, "Link", reply->preload);
  if (reply->took_us > 0) {
    char value[32];
    snprintf(value, sizeof value, "db;dur=%u.%03u", (unsigned)(reply->took_us / 1000), (unsigned)(reply->took_us % 1000));
    MHD_add_response_header(response, "Server-Timing", value);
  }
  if (reply->status == 405) MHD_add_response_header(response, "Allow", "GET, HEAD");
  if (reply->name != NULL) {
    char value[128];
    snprintf(value, sizeof value, "attachment; filename=\"%s\"", reply->name);
    MHD_add_response_header(response, "Content-Disposition", value);
  }
}

static enum MHD_Result send_reply(struct MHD_Connection *connection, sv_reply *reply) {
  struct MHD_Response *response;
  if (reply->fixed != NULL) {
    response = MHD_create_response_from_buffer(reply->fixed_size, (void *)(uintptr_t)reply->fixed, MHD_RESPMEM_PERSISTENT);
  } else {
    response = MHD_create_response_from_buffer(reply->body.size, reply->body.at, MHD_RESPMEM_MUST_FREE);
    if (response != NULL) an_buf_init(&reply->body, SV_BODY); /* the response has it */
  }
  if (response == NULL) return MHD_NO;
  put_headers(response, reply);
  enum MHD_Result result = MHD_queue_response(connection, reply->status, response);
  MHD_destroy_response(response);
  return result;
}

/* Refused, or a file of the page; false: a question to the record. */
static bool answer_here(const an_server *server, struct MHD_Connection *connection, const char *method, const pending *request, sv_reply *reply) {
  const char *known = NULL;
  if (!may_ask(server, connection, reply)) return true;
  if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0) {
    sv_refuse(reply, 405, AN_LIT("the method"), "a record is only read here", "GET or HEAD");
    return true;
  }
  if (strncmp(request->uri, "/api/", 5) == 0) return false;
  sv_answer_page(request->uri, reply);
  if (reply->etag != NULL) known = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "If-None-Match");
  if (known != NULL && strcmp(known, reply->etag) == 0) {
    reply->status = 304;
    reply->fixed_size = 0;
  }
  return true;
}

static void answered(sv_question *question) { MHD_resume_connection(((pending *)question)->connection); }

/* The connection sleeps before the crew may wake it. */
static enum MHD_Result ask_crew(an_server *server, pending *request) {
  request->given = true;
  MHD_suspend_connection(request->connection);
  if (sv_crew_give(&server->crew, &request->question)) return MHD_YES;
  sv_refuse(&request->question.reply, 503, AN_LIT("the server"), "it is about to end", "start it again");
  answered(&request->question);
  return MHD_YES;
}

static enum MHD_Result handle(void *ctx, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
                              const char *upload, size_t *upload_size, void **state) {
  pending *request = *state;
  (void)url;
  (void)version;
  (void)upload;
  if (request == NULL) return MHD_NO; /* no memory */
  if (!request->seen && (strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0)) {
    request->seen = true; /* answered when all of it is there, so that the connection can be used again */
    return MHD_YES;
  }
  if (*upload_size > 0) { /* of a GET: read and dropped */
    *upload_size = 0;
    return MHD_YES;
  }
  sv_reply *reply = &request->question.reply;
  request->connection = connection;
  if (!request->given && !answer_here(ctx, connection, method, request, reply)) return ask_crew(ctx, request);
  return send_reply(connection, reply);
}

/* libmicrohttpd undoes percent signs in place, where %00 would end the text: the raw address is kept before. */
static void *keep_uri(void *ctx, const char *uri, struct MHD_Connection *connection) {
  (void)ctx;
  (void)connection;
  size_t size = strlen(uri) + 1;
  pending *request = malloc(sizeof *request + size);
  if (request == NULL) return NULL;
  memset(request, 0, sizeof *request);
  memcpy(request->uri, uri, size);
  request->question.raw = request->uri;
  request->question.reply = (sv_reply){.status = 200, .type = "application/json; charset=utf-8"};
  an_buf_init(&request->question.reply.body, SV_BODY);
  return request;
}

static void forget(void *ctx, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code) {
  (void)ctx;
  (void)connection;
  (void)code;
  pending *request = *state;
  if (request != NULL) an_buf_free(&request->question.reply.body); /* of a reply that nobody waited for */
  free(request);
  *state = NULL;
}

/* ---- Begin and end --------------------------------------------------------------------------------------------------------- */

/* A socket on 127.0.0.1, or -1 and errno. */
static int listen_on(uint16_t port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int one = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (listener < 0) return -1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) == 0 && listen(listener, 511) == 0) return listener;
  int reason = errno;
  close(listener);
  errno = reason;
  return -1;
}

static an_status find_port(uint16_t wanted, uint16_t *port, int *listener, an_error *err) {
  if (wanted != 0) {
    *port = wanted;
    *listener = listen_on(wanted);
    if (*listener < 0) return an_fail(err, AN_ERR_IO, "serve", "cannot listen on 127.0.0.1:%u: %s", (unsigned)wanted, strerror(errno));
    return AN_OK;
  }
  for (unsigned i = 0; i < SV_PORTS; i++) {
    *port = (uint16_t)(SV_PORT + i);
    *listener = listen_on(*port);
    if (*listener >= 0) return AN_OK;
  }
  return an_fail(err, AN_ERR_IO, "serve", "cannot listen on 127.0.0.1: no port from %d to %d is free (%s)", SV_PORT, SV_PORT + SV_PORTS - 1, strerror(errno));
}

static an_status start(an_server *server, int listener, an_error *err) {
  static const char *const names[] = {"127.0.0.1", "localhost", "[::1]"};
  for (size_t i = 0; i < 3; i++) snprintf(server->hosts[i], sizeof server->hosts[i], "%s:%u", names[i], (unsigned)server->port);
  server->daemon = MHD_start_daemon(
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, handle, server, MHD_OPTION_LISTEN_SOCKET, listener,
      MHD_OPTION_CONNECTION_LIMIT, (unsigned)SV_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SV_TIMEOUT_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)SV_CONNECTION_BYTES, MHD_OPTION_URI_LOG_CALLBACK, keep_uri, NULL,
      MHD_OPTION_NOTIFY_COMPLETED, forget, NULL, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
  if (server->daemon != NULL) return AN_OK;
  close(listener);
  return an_fail(err, AN_ERR_IO, "serve", "cannot start the server: %s", strerror(errno));
}

an_status an_serve_begin(const char *path, uint16_t port, an_server **out, an_error *err) {
  an_server *server = calloc(1, sizeof *server);
  int listener = -1;
  if (server == NULL) return an_fail(err, AN_ERR_MEMORY, "serve", "no memory to serve %s", path);
  sv_cache_open(&server->cache);
  an_status status = sv_crew_open(&server->crew, path, &server->cache, answered, err);
  if (status == AN_OK) status = find_port(port, &server->port, &listener, err);
  if (status == AN_OK) sv_crew_warm(&server->crew);
  if (status == AN_OK) status = sv_crew_begin(&server->crew, err);
  if (status == AN_OK) status = start(server, listener, err);
  else if (listener >= 0) close(listener);
  if (status == AN_OK) *out = server;
  else an_serve_end(server);
  return status;
}

uint16_t an_serve_port(const an_server *server) { return server->port; }

void an_serve_end(an_server *server) {
  if (server == NULL) return;
  sv_crew_end(&server->crew); /* no connection sleeps any more */
  if (server->daemon != NULL) MHD_stop_daemon(server->daemon);
  sv_crew_close(&server->crew);
  sv_cache_close(&server->cache);
  free(server);
}
