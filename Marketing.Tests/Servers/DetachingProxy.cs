using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Marketing.Tests.Servers;

/// <summary>
/// An HTTP proxy that completes a request even if its caller disconnects, like BigQuery, where a query is a job that outlives its
/// connection. Its emulator (0.6.6) fails every later request after a query is cut off.
/// </summary>
internal sealed class DetachingProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _server;

    private DetachingProxy(WebApplication app, HttpClient server, int port)
    {
        _app = app;
        _server = server;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Starts a proxy from <paramref name="port"/> to the server at <paramref name="serverPort"/>.</summary>
    public static async Task<DetachingProxy> StartAsync(int port, int serverPort)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}").ConfigureKestrel(server => server.Limits.MaxRequestBodySize = null);
        var proxy = new DetachingProxy(builder.Build(), new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{serverPort}") }, port);
        proxy._app.Run(proxy.ForwardAsync);
        await proxy._app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _server.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        using var request = new HttpRequestMessage(
            new HttpMethod(context.Request.Method), $"{context.Request.Path.ToUriComponent()}{context.Request.QueryString}");
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body.ToArray());
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", context.Request.Headers.ContentEncoding.AsEnumerable());
        }

        using var answer = await _server.SendAsync(request);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
