using System.Text;
using System.Text.Json;
using Marketing.Domain.Ports;
using Marketing.Tests.Stores.Sqlite;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Tests.Api;

/// <summary>The whole API in this process, on embedded stores in its own folder.</summary>
public class ApiServer : WebApplicationFactory<Program>
{
    private readonly TemporaryFolder _folder = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Storage:DataDirectory", _folder.Path);
        builder.UseSetting("Storage:Durability", "ProcessCrash");
        builder.UseSetting("SampleData:LoadOnFirstRun", "false");
        builder.UseSetting("Jobs:Enabled", "false");
        builder.UseSetting("Interactions:MaxBatchItems", "50");
        builder.UseSetting("Interactions:MaxBatchBytes", "20000");
        builder.UseSetting("Interactions:MaxInteractionBytes", "4000");
        builder.UseSetting("Interactions:MaxListedRejections", "5");
        builder.UseSetting("Interactions:AppendBatchSize", "7");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Posts interactions.</summary>
    public static Task<HttpResponseMessage> PostAsync(HttpClient client, string body, string type = "application/json") =>
        client.PostAsync(new Uri("/interactions", UriKind.Relative), new StringContent(body, Encoding.UTF8, type));

    /// <summary>Posts one interaction and waits until every projection has it.</summary>
    public async Task TakeInAsync(HttpClient client, string body)
    {
        using var response = await PostAsync(client, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        var queue = Services.GetRequiredService<IInteractionQueue>();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await queue.BacklogAsync(deadline.Token)).Pending > 0)
        {
            await Task.Delay(10, deadline.Token);
        }
    }

    /// <summary>Returns the JSON of a response that must have one of these statuses.</summary>
    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response, params int[] statuses)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(statuses.Contains((int)response.StatusCode), $"{(int)response.StatusCode}: {text}");
        return JsonElement.Parse(text);
    }

    /// <summary>Returns the JSON of a problem response with this status, which must name the invalid field if one is given.</summary>
    public static async Task<JsonElement> ReadProblemAsync(HttpResponseMessage response, int status, string? field = null)
    {
        var problem = await ReadAsync(response, status);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        if (field is not null)
        {
            Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), $"No error of {field}: {problem}");
        }

        return problem;
    }
}
