using System.Text.RegularExpressions;

namespace Marketing.Tests.Api;

/// <summary>Checks methods and parameters of every path in the OpenAPI document, so that a new one cannot be forgotten.</summary>
public sealed partial class MethodTests(SocketServer server) : IClassFixture<SocketServer>
{
    private static readonly string[] Pages = ["/", "/health", "/alive", "/openapi/v1.json", "/scalar/", "/scalar/scalar.js"];

    [Fact]
    public async Task HEAD_answers_as_GET_does_without_a_body()
    {
        var addresses = (await OperationsAsync()).Where(operation => operation.Method == "GET").Select(operation => operation.Path).Concat(Pages);
        foreach (var address in addresses)
        {
            var get = await RawRequest.SendAsync(server.Address, "GET", address);
            var head = await RawRequest.SendAsync(server.Address, "HEAD", address);
            Assert.Equal((address, get.Status, ""), (address, head.Status, head.Body));
            Assert.Equal(get.Headers.GetValueOrDefault("Content-Type"), head.Headers.GetValueOrDefault("Content-Type"));
        }
    }

    [Fact]
    public async Task OPTIONS_names_the_methods_and_any_other_is_405_with_them()
    {
        var operations = await OperationsAsync();
        foreach (var (path, methods) in operations.GroupBy(operation => operation.Path, operation => operation.Method)
            .Select(path => (path.Key, path.ToList())).Concat(Pages.Select(page => (page, (List<string>)["GET"]))))
        {
            var expected = methods.Concat(methods.Contains("GET") ? ["HEAD"] : []).Order().ToList();
            var options = await RawRequest.SendAsync(server.Address, "OPTIONS", path);
            Assert.Equal((path, 204), (path, options.Status));
            Assert.Equal(expected.Append("OPTIONS").Order(), options.Headers["Allow"].Split(", ").Order());

            var other = await RawRequest.SendAsync(server.Address, "PATCH", path);
            Assert.Equal((path, 405), (path, other.Status));
            Assert.Equal(expected, other.Headers["Allow"].Split(", ").Order());
            Assert.Equal("application/problem+json", other.Headers["Content-Type"]);
        }

        Assert.Equal(404, (await RawRequest.SendAsync(server.Address, "OPTIONS", "/nothing/here")).Status);
        Assert.Equal(204, (await RawRequest.SendAsync(server.Address, "OPTIONS", "*")).Status);
    }

    [Fact]
    public async Task A_parameter_that_an_address_does_not_have_is_refused_everywhere()
    {
        foreach (var (method, path) in await OperationsAsync())
        {
            var answer = await RawRequest.SendAsync(server.Address, method, $"{path}?limt=3");
            Assert.Equal((method, path, 400), (method, path, answer.Status));
            Assert.Contains("limt", answer.Json.GetProperty("errors").GetProperty("limt")[0].GetString(), StringComparison.Ordinal);
        }
    }

    private async Task<List<(string Method, string Path)>> OperationsAsync()
    {
        var document = (await RawRequest.SendAsync(server.Address, "GET", "/openapi/v1.json")).Json;
        return [.. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Select(operation => (operation.Name.ToUpperInvariant(), Placeholder().Replace(path.Name, "nobody"))))];
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
