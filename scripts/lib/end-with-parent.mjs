// Loaded before a child's own program. When the start is killed, the channel to it closes: the child then leaves as
// politely as on Ctrl-C, instead of working on without anyone to watch it.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
