using System.Net;
using System.Net.Sockets;

namespace Marketing.Tests.Servers;

/// <summary>A proxy to a server that can be cut, as if the server were gone, or held, as if it hung, and restored.</summary>
internal sealed class CuttableLine : IAsyncDisposable
{
    private readonly EndPoint _server;
    private readonly int _port;
    private Task _accepting = Task.CompletedTask;
    private CancellationTokenSource _cut = new();
    private TaskCompletionSource _flowing = Flowing();

    public CuttableLine(EndPoint server)
    {
        _server = server;
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(listener, _cut.Token);
    }

    /// <summary>The address that clients use.</summary>
    public string Address => $"127.0.0.1:{_port}";

    /// <summary>Closes every connection and refuses new ones.</summary>
    public async Task CutAsync()
    {
        await _cut.CancelAsync();
        await _accepting;
    }

    /// <summary>Stops forwarding, but keeps every connection open.</summary>
    public void Hold() => _flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Forwards what was held.</summary>
    public void Release() => _flowing.TrySetResult();

    /// <summary>Accepts connections again after a cut.</summary>
    public void Mend()
    {
        _cut.Dispose();
        _cut = new CancellationTokenSource();
        var listener = new TcpListener(IPAddress.Loopback, _port);
        listener.Start();
        _accepting = AcceptAsync(listener, _cut.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await CutAsync();
        _cut.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken cut)
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(PassAsync(await listener.AcceptTcpClientAsync(cut), cut));
            }
        }
        catch (OperationCanceledException)
        {
            listener.Stop();
            await Task.WhenAll(connections);
        }
    }

    private async Task PassAsync(TcpClient client, CancellationToken cut)
    {
        using (client)
        using (var server = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            try
            {
                await server.ConnectAsync(_server, cut);
                await using var behind = new NetworkStream(server);
                await Task.WhenAny(CopyAsync(client.GetStream(), behind, cut), CopyAsync(behind, client.GetStream(), cut));
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // One side is gone, so the connection is too.
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, CancellationToken cut)
    {
        var buffer = new byte[16 << 10];
        while (await from.ReadAsync(buffer, cut) is > 0 and var length)
        {
            await _flowing.Task.WaitAsync(cut);
            await to.WriteAsync(buffer.AsMemory(0, length), cut);
        }
    }

    private static TaskCompletionSource Flowing()
    {
        var flowing = new TaskCompletionSource();
        flowing.SetResult();
        return flowing;
    }
}
