/* SPDX-License-Identifier: Apache-2.0 */
/* annals serve RECORD.db: the record in the browser of this machine, until Ctrl-C. */
#include "cli.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "annals_record.h"

typedef struct serve_args { const char *record; uint16_t port; } serve_args;

enum { SOCKETS = 4096 };

static error_t option(int key, char *arg, struct argp_state *state) {
  serve_args *args = state->input;
  switch (key) {
    case 'p': args->port = (uint16_t)cli_number(arg, 1, 65535, "--port", state); return 0;
    default: return cli_record_argument(key, arg, state, &args->record);
  }
}

/* A thousand open connections are more than many systems let a program have at first. */
static void want_sockets(void) {
  struct rlimit files;
  if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= SOCKETS) return;
  files.rlim_cur = files.rlim_max < SOCKETS ? files.rlim_max : SOCKETS;
  setrlimit(RLIMIT_NOFILE, &files);
}

int cli_serve(int argc, char **argv) {
  static const struct argp_option options[] = {
      {"port", 'p', "N", 0, "Listen on this port (the first free one from 8017 on)", 0}, {0}};
  static const struct argp argp = {options, option, "RECORD.db",
    "Serves a record to the browser of this machine: a page to look at, and its data as JSON and CSV (docs/api.md). Nobody else can "
    "reach it, and nothing in the record is changed. Ctrl-C ends it.", NULL, NULL, NULL};
  serve_args args = {0};
  an_server *server = NULL;
  an_record *record = NULL;
  an_error err = {0};
  bool unfinished = false;
  sigset_t ends;
  int which;
  cli_arguments(&argp, argc, argv, &args);
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &ends, NULL); /* before any thread begins: all of them leave these to sigwait */
  signal(SIGPIPE, SIG_IGN);
  want_sockets();
  an_status status = an_record_open(args.record, &record, &err);
  if (status == AN_OK) status = an_record_unfinished(record, &unfinished, &err);
  an_record_close(record);
  if (status == AN_OK && unfinished) cli_warn("a build of %s was stopped: newer pages are in no story yet; `annals build` goes on", args.record);
  if (status == AN_OK) status = an_serve_begin(args.record, args.port, &server, &err);
  if (status == AN_ERR_IO && access(args.record, F_OK) != 0) cli_warn("there is no %s; `annals build PAGE... -o %s` makes one", args.record, args.record);
  if (status != AN_OK) return cli_fail(&err);
  printf("%s is at http://127.0.0.1:%u/ until Ctrl-C\n", args.record, (unsigned)an_serve_port(server));
  fflush(stdout);
  sigwait(&ends, &which);
  an_serve_end(server);
  return cli_end(CLI_WELL);
}
