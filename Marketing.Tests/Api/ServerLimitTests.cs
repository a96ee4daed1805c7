using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Marketing.Tests.Api;

/// <summary>What the server refuses before it reads a request, tested on a socket.</summary>
public sealed class ServerLimitTests(SocketServer server) : IClassFixture<SocketServer>
{
    [Fact]
    public async Task Too_many_or_too_large_headers_are_refused()
    {
        var many = await RawRequest.SendAsync(server.Address, "GET", "/alive", null, [.. Enumerable.Range(0, 100).Select(n => $"X-{n}: 1")]);
        Assert.Equal(431, many.Status);
        var large = await RawRequest.SendAsync(server.Address, "GET", "/alive", null, $"X-Large: {new string('x', 32 * 1024)}");
        Assert.Equal(431, large.Status);
        var fine = await RawRequest.SendAsync(server.Address, "GET", "/alive", null, [.. Enumerable.Range(0, 90).Select(n => $"X-{n}: {new string('x', 300)}")]);
        Assert.Equal(200, fine.Status);
    }

    [Fact]
    public async Task A_request_line_that_is_too_long_is_refused()
    {
        var answer = await RawRequest.SendAsync(server.Address, "GET", $"/alive?{new string('x', 8 * 1024)}");
        Assert.Equal(414, answer.Status);
    }

    [Fact]
    public async Task Every_limit_is_a_setting()
    {
        await using var api = server.WithWebHostBuilder(builder =>
        {
            foreach (var (name, value) in new Dictionary<string, string>
            {
                ["Storage:DataDirectory"] = Directory.CreateTempSubdirectory("marketing-limits-").FullName,
                ["Server:HeadersTimeout"] = "00:00:07",
                ["Server:KeepAliveTimeout"] = "00:00:09",
                ["Server:MaxHeaders"] = "50",
                ["Server:MaxHeaderBytes"] = "4096",
                ["Server:MaxRequestLineBytes"] = "2048",
                ["Server:MaxHttp2Streams"] = "11",
                ["Server:MinBodyBytesPerSecond"] = "300",
                ["Server:MinAnswerBytesPerSecond"] = "200",
            })
            {
                builder.UseSetting(name, value);
            }
        });

        var limits = api.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        Assert.Equal(
            (7, 9, 50, 4096, 2048, 11, 300, 200),
            (limits.RequestHeadersTimeout.TotalSeconds, limits.KeepAliveTimeout.TotalSeconds, limits.MaxRequestHeaderCount,
                limits.MaxRequestHeadersTotalSize, limits.MaxRequestLineSize, limits.Http2.MaxStreamsPerConnection,
                limits.MinRequestBodyDataRate!.BytesPerSecond, limits.MinResponseDataRate!.BytesPerSecond));
    }
}
