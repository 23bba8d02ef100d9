/* SPDX-License-Identifier: MPL-2.0
 *
 * An honest submission server that costs next to nothing: greeting, EHLO,
 * STARTTLS, EHLO, QUIT, for as many clients at once as there are descriptors.
 *
 *     server CHAIN.pem HOLD
 *
 * listens on a free port of 127.0.0.1, prints that port, and serves until its
 * standard input ends. HOLD is how many clients have to wait at their second
 * EHLO before all of them are answered; with 0 nobody waits.
 */

#define _GNU_SOURCE

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define EVENTS 256
#define LINE 512

struct client {
    int fd;
    SSL *ssl;
    int secured;
    size_t filled;
    char line[LINE];
};

static const char GREETING[] = "220 mail.bench.test ESMTP\r\n";
static const char OUTSIDE[] =
    "250-mail.bench.test\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250-STARTTLS\r\n"
    "250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n250 CHUNKING\r\n";
static const char INSIDE[] =
    "250-mail.bench.test\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n"
    "250-AUTH PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256\r\n"
    "250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n250 CHUNKING\r\n";

static SSL_CTX *context;
static int poller;
static struct client **held;
static size_t hold, waiting;

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static int say(struct client *who, const char *text)
{
    int length = (int)strlen(text);

    if (who->ssl)
        return SSL_write(who->ssl, text, length) == length;
    return write(who->fd, text, length) == length;
}

static void part(struct client *who)
{
    for (size_t i = 0; i < waiting; i++)
        if (held[i] == who)
            held[i] = NULL;
    if (who->ssl)
        SSL_free(who->ssl);
    close(who->fd);
    free(who);
}

/* Answer at once, or only when enough of them are waiting. */
static int answer_inside(struct client *who)
{
    if (!hold)
        return say(who, INSIDE);
    held[waiting++] = who;
    if (waiting < hold)
        return 1;
    for (size_t i = 0; i < waiting; i++)
        if (held[i])
            say(held[i], INSIDE);
    waiting = 0;
    return 1;
}

/* Whether the conversation goes on. */
static int heard(struct client *who)
{
    if (!strncasecmp(who->line, "EHLO ", 5))
        return who->ssl ? answer_inside(who) : say(who, OUTSIDE);
    if (!strncasecmp(who->line, "STARTTLS", 8) && !who->ssl) {
        if (!say(who, "220 2.0.0 Ready to start TLS\r\n"))
            return 0;
        who->ssl = SSL_new(context);
        SSL_set_fd(who->ssl, who->fd);
        SSL_set_accept_state(who->ssl);
        return 1;
    }
    if (!strncasecmp(who->line, "QUIT", 4)) {
        say(who, "221 2.0.0 Bye\r\n");
        return 0;
    }
    return say(who, "500 5.5.2 What?\r\n");
}

/* Bytes read, 0 where there are none yet, -1 at the end. */
static int take(struct client *who)
{
    char *to = who->line + who->filled;
    int room = (int)(LINE - 1 - who->filled), got;

    if (!who->ssl) {
        got = (int)read(who->fd, to, room);
        return got > 0 ? got : got < 0 && errno == EAGAIN ? 0 : -1;
    }
    got = who->secured ? SSL_read(who->ssl, to, room) : SSL_do_handshake(who->ssl);
    if (got <= 0)
        return SSL_get_error(who->ssl, got) == SSL_ERROR_WANT_READ ? 0 : -1;
    if (who->secured)
        return got;
    who->secured = 1;
    return take(who);
}

static void serve(struct client *who)
{
    int got;

    while ((got = take(who)) > 0) {
        char *end;

        who->filled += got;
        while ((end = memchr(who->line, '\n', who->filled))) {
            *end = 0;
            if (!heard(who)) {
                part(who);
                return;
            }
            who->filled -= end + 1 - who->line;
            memmove(who->line, end + 1, who->filled);
        }
        if (who->filled == LINE - 1)
            break;
    }
    if (got)
        part(who);
}

static void welcome(int listener)
{
    struct epoll_event event = {.events = EPOLLIN};
    int fd, on = 1;

    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        struct client *who = calloc(1, sizeof *who);

        who->fd = fd;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        event.data.ptr = who;
        epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
        say(who, GREETING);
    }
}

static int listen_anywhere(void)
{
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof place;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

    if (fd < 0 || bind(fd, (struct sockaddr *)&place, size) || listen(fd, 4096) ||
        getsockname(fd, (struct sockaddr *)&place, &size))
        fail("listen");
    printf("%d\n", ntohs(place.sin_port));
    fflush(stdout);
    return fd;
}

int main(int count, char **words)
{
    struct epoll_event events[EVENTS], event = {.events = EPOLLIN};
    struct rlimit files;
    int listener, ready;

    if (count != 3)
        return 2;
    signal(SIGPIPE, SIG_IGN);
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    hold = strtoul(words[2], NULL, 10);
    held = calloc(hold + 1, sizeof *held);
    context = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    if (SSL_CTX_use_certificate_chain_file(context, words[1]) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, words[1], SSL_FILETYPE_PEM) != 1)
        fail(words[1]);
    poller = epoll_create1(0);
    listener = listen_anywhere();
    event.data.fd = listener;
    event.data.ptr = &listener;
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
    event.data.ptr = &poller; /* standard input: whoever started us is gone */
    epoll_ctl(poller, EPOLL_CTL_ADD, STDIN_FILENO, &event);
    while ((ready = epoll_wait(poller, events, EVENTS, -1)) >= 0 || errno == EINTR)
        for (int i = 0; i < ready; i++) {
            if (events[i].data.ptr == &poller)
                return 0;
            if (events[i].data.ptr == &listener)
                welcome(listener);
            else
                serve(events[i].data.ptr);
        }
    fail("epoll_wait");
}
