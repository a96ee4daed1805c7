namespace Marketing.Tests.Api;

/// <summary>What browsers are told about every answer, including errors and the pages.</summary>
public sealed class SecurityHeaderTests(SocketServer server) : IClassFixture<SocketServer>
{
    [Theory]
    [InlineData("GET", "/recommendations/nora", 200)]
    [InlineData("GET", "/users/nobody/export", 404)]
    [InlineData("GET", "/nothing/here", 404)]
    [InlineData("GET", "/recommendations/nora?limit=many", 400)]
    [InlineData("PATCH", "/recommendations/nora", 405)]
    [InlineData("GET", "/users/%zz", 400)]
    [InlineData("GET", "/health", 200)]
    [InlineData("GET", "/openapi/v1.json", 200)]
    [InlineData("GET", "/scalar/", 200)]
    [InlineData("GET", "/scalar/scalar.js", 200)]
    public async Task No_site_can_frame_read_or_reinterpret_an_answer_and_no_link_from_it_tells_its_address(string method, string path, int status)
    {
        var answer = await RawRequest.SendAsync(server.Address, method, path);
        Assert.Equal(status, answer.Status);
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
        Assert.Equal("DENY", answer.Headers["X-Frame-Options"]);
        Assert.Equal("no-referrer", answer.Headers["Referrer-Policy"]);
        Assert.Equal("same-origin", answer.Headers["Cross-Origin-Resource-Policy"]);
        Assert.StartsWith("default-src 'none'", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.EndsWith("frame-ancestors 'none'", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.False(answer.Headers.ContainsKey("Server"));
        if (!path.StartsWith("/scalar", StringComparison.Ordinal))
        {
            Assert.Contains("no-store", answer.Headers["Cache-Control"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_reference_page_cannot_send_or_load_anything_elsewhere()
    {
        var page = await RawRequest.SendAsync(server.Address, "GET", "/scalar/");
        var policy = page.Headers["Content-Security-Policy"];
        foreach (var rule in new[] { "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "script-src 'self' 'nonce-" })
        {
            Assert.Contains(rule, policy, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Equal("same-origin", page.Headers["Cross-Origin-Opener-Policy"]);
    }
}
