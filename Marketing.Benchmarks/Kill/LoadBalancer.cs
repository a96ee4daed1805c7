using System.Net;
using System.Net.Sockets;

namespace Marketing.Benchmarks.Kill;

/// <summary>
/// One address in front of several servers. It gives each connection to the next server in turn, and to the one after it if that
/// server refuses. Like any load balancer of connections, it never sends a request twice.
/// </summary>
internal sealed class LoadBalancer : IAsyncDisposable
{
    private readonly Func<IReadOnlyList<EndPoint>> _servers;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private int _turn;

    /// <param name="port">The loopback port to listen on; 0 for any free port.</param>
    /// <param name="servers">Returns the addresses of the servers; called for each connection.</param>
    public LoadBalancer(int port, Func<IReadOnlyList<EndPoint>> servers)
    {
        _servers = servers;
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        Address = new Uri($"http://{listener.LocalEndpoint}");
        _accepting = AcceptAsync(listener);
    }

    /// <summary>The address that clients use.</summary>
    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                // Ends with its connection, so nobody needs to wait for it.
                _ = ServeAsync(await listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (OperationCanceledException)
        {
            listener.Stop();
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var server = await ConnectAsync();
                await using var behind = new NetworkStream(server);
                await Task.WhenAny(client.GetStream().CopyToAsync(behind, _stop.Token), behind.CopyToAsync(client.GetStream(), _stop.Token));
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // One side is gone, so the connection is too.
            }
        }
    }

    /// <exception cref="SocketException">Every server refused.</exception>
    private async Task<Socket> ConnectAsync()
    {
        var servers = _servers();
        var first = Interlocked.Increment(ref _turn);
        for (var i = 0; ; i++)
        {
            var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await server.ConnectAsync(servers[(int)((uint)(first + i) % servers.Count)], _stop.Token);
                return server;
            }
            catch (SocketException) when (i < servers.Count - 1)
            {
                server.Dispose();
            }
            catch
            {
                server.Dispose();
                throw;
            }
        }
    }
}
