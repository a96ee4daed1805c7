using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marketing.AppHost;

/// <summary>What is said in the terminal once the API answers: the same as where the API runs without Aspire.</summary>
internal static partial class Announcement
{
    // The customer of the sample data who has just written.
    private const string SampleUser = "nora";

    public static IResourceBuilder<ProjectResource> WithAnnouncement(this IResourceBuilder<ProjectResource> api) =>
        api.OnResourceReady(static (resource, ready, _) =>
        {
            var logger = ready.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Marketing");
            Say(logger, resource.GetEndpoint("http").Url, SampleUser);
            return Task.CompletedTask;
        });

    [LoggerMessage(1, LogLevel.Information, "The API is at {Address}, its reference page at {Address}/scalar\nTry: curl \"{Address}/recommendations/{UserId}?explain=true\"")]
    private static partial void Say(ILogger logger, string address, string userId);
}
