using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marketing.AppHost;

/// <summary>Prints the address of the API and a first request to try, once the API is ready.</summary>
internal static partial class Announcement
{
    // The customer in the sample data with the most recent chat.
    private const string SampleUser = "nora";

    public static IResourceBuilder<ProjectResource> WithAnnouncement(this IResourceBuilder<ProjectResource> api) =>
        api.OnResourceReady(static (resource, ready, _) =>
        {
            var logger = ready.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Marketing");
            Say(logger, resource.GetEndpoint("http").Url, SampleUser);
            return Task.CompletedTask;
        });

    [LoggerMessage(5001, LogLevel.Information, "The API is at {Address}, its reference page at {Address}/scalar\nTry: curl \"{Address}/recommendations/{UserId}?explain=true\"")]
    private static partial void Say(ILogger logger, string address, string userId);
}
