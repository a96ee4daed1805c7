using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Stores;

/// <summary>For HTTP clients that bring their own retries and time limits.</summary>
internal static class OwnResilience
{
    /// <summary>
    /// Takes away what every client of the host has by default. Around a client's own retries it would cut all of them together off after
    /// ten seconds, and its circuit breaker would count them as one.
    /// </summary>
    public static IHttpClientBuilder WithoutDefaultResilience(this IHttpClientBuilder client) =>
#pragma warning disable EXTEXP0001 // Marked as experimental; there is no other way to take a default away.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
}
