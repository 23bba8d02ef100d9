/* SPDX-License-Identifier: MPL-2.0
 *
 * The yardstick: the same STARTTLS probe as clientcfg's, and nothing else.
 *
 *     probe PORT CA.pem HOST COUNT AT_ONCE
 *
 * Connect to 127.0.0.1, greeting, EHLO, STARTTLS, TLS with the certificate and
 * its name verified, EHLO, QUIT; COUNT times, AT_ONCE of them in flight, in one
 * thread. Prints how many probes saw everything and what they cost in seconds
 * of CPU time, without the set-up.
 */

#include <arpa/inet.h>
#include <errno.h>
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
#define REPLY 4096
#define PATIENCE_MS 10000

enum step { CONNECTING, GREETING, EHLO, STARTTLS, HANDSHAKE, EHLO_AGAIN };

struct probe {
    int fd;
    enum step step;
    SSL *ssl;
    size_t filled;
    char reply[REPLY];
};

static SSL_CTX *context;
static const char *host;
static struct sockaddr_in server = {.sin_family = AF_INET};
static int poller;
static long begun, ended, complete, wanted;

static void begin(void);

static double cpu_seconds(void)
{
    struct rusage used;

    getrusage(RUSAGE_SELF, &used);
    return used.ru_utime.tv_sec + used.ru_stime.tv_sec +
           (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static void finish(struct probe *it, int seen)
{
    if (it->ssl) {
        SSL_shutdown(it->ssl);
        SSL_free(it->ssl);
    }
    close(it->fd);
    free(it);
    ended++;
    complete += seen;
    if (begun < wanted)
        begin();
}

static int say(struct probe *it, const char *text)
{
    int length = (int)strlen(text);

    it->filled = 0;
    if (it->ssl)
        return SSL_write(it->ssl, text, length) == length;
    return write(it->fd, text, length) == length;
}

/* 1: done and all seen, 0: goes on, -1: not what was expected. */
static int answered(struct probe *it)
{
    switch (it->step) {
    case GREETING:
        it->step = EHLO;
        return !strncmp(it->reply, "220", 3) && say(it, "EHLO [127.0.0.1]\r\n") ? 0 : -1;
    case EHLO:
        it->step = STARTTLS;
        return strstr(it->reply, "STARTTLS") && say(it, "STARTTLS\r\n") ? 0 : -1;
    case STARTTLS:
        if (strncmp(it->reply, "220", 3))
            return -1;
        it->step = HANDSHAKE;
        it->ssl = SSL_new(context);
        SSL_set_fd(it->ssl, it->fd);
        SSL_set_tlsext_host_name(it->ssl, host);
        SSL_set1_host(it->ssl, host);
        SSL_set_connect_state(it->ssl);
        return 0;
    case EHLO_AGAIN:
        return strstr(it->reply, "AUTH") && say(it, "QUIT\r\n") ? 1 : -1;
    default:
        return -1;
    }
}

/* Whether the answer is complete: its last line has no dash behind the code. */
static int whole(const struct probe *it)
{
    size_t begin = it->filled - 1;

    if (it->reply[begin] != '\n')
        return 0;
    while (begin > 0 && it->reply[begin - 1] != '\n')
        begin--;
    return it->filled - begin > 4 && it->reply[begin + 3] == ' ';
}

static int shake_hands(struct probe *it)
{
    int done = SSL_do_handshake(it->ssl);

    if (done != 1)
        return SSL_get_error(it->ssl, done) == SSL_ERROR_WANT_READ ? 0 : -1;
    it->step = EHLO_AGAIN;
    return SSL_get_verify_result(it->ssl) == X509_V_OK && say(it, "EHLO [127.0.0.1]\r\n") ? 0 : -1;
}

static int readable(struct probe *it)
{
    char *to = it->reply + it->filled;
    int room = (int)(REPLY - 1 - it->filled), got, state;

    if (it->step == HANDSHAKE)
        return shake_hands(it);
    if (it->ssl) {
        got = SSL_read(it->ssl, to, room);
        if (got <= 0)
            return SSL_get_error(it->ssl, got) == SSL_ERROR_WANT_READ ? 0 : -1;
    } else {
        got = (int)read(it->fd, to, room);
        if (got <= 0)
            return got < 0 && errno == EAGAIN ? 0 : -1;
    }
    it->filled += got;
    it->reply[it->filled] = 0;
    if (!whole(it))
        return it->filled < REPLY - 1 ? 0 : -1;
    state = answered(it);
    return state == 0 && it->step == HANDSHAKE ? shake_hands(it) : state;
}

static void ready(struct probe *it)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = it};
    int error = 0, state;
    socklen_t size = sizeof error;

    if (it->step == CONNECTING) {
        getsockopt(it->fd, SOL_SOCKET, SO_ERROR, &error, &size);
        it->step = GREETING;
        state = error || epoll_ctl(poller, EPOLL_CTL_MOD, it->fd, &event) ? -1 : 0;
    } else {
        state = readable(it);
    }
    if (state)
        finish(it, state > 0);
}

static void begin(void)
{
    struct probe *it = calloc(1, sizeof *it);
    struct epoll_event event = {.events = EPOLLOUT, .data.ptr = it};
    int on = 1;

    begun++;
    it->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (it->fd < 0 || (connect(it->fd, (struct sockaddr *)&server, sizeof server) &&
                       errno != EINPROGRESS)) {
        perror("connect");
        exit(1);
    }
    setsockopt(it->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    epoll_ctl(poller, EPOLL_CTL_ADD, it->fd, &event);
}

int main(int count, char **words)
{
    struct epoll_event events[EVENTS];
    double before;
    int some;

    if (count != 6)
        return 2;
    signal(SIGPIPE, SIG_IGN);
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server.sin_port = htons((unsigned short)atoi(words[1]));
    host = words[3];
    wanted = atol(words[4]);
    context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(context, 1);
    if (SSL_CTX_load_verify_locations(context, words[2], NULL) != 1)
        return 1;
    poller = epoll_create1(0);
    before = cpu_seconds();
    while (begun < wanted && begun < atol(words[5]))
        begin();
    while (ended < wanted) {
        some = epoll_wait(poller, events, EVENTS, PATIENCE_MS);
        if (some == 0 || (some < 0 && errno != EINTR))
            return 1;
        for (int i = 0; i < some; i++)
            ready(events[i].data.ptr);
    }
    printf("{\"probes\": %ld, \"cpu\": %.6f}\n", complete, cpu_seconds() - before);
    return complete == wanted ? 0 : 1;
}
