using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Stores;

/// <summary>Configures HTTP clients that have their own retries and timeouts.</summary>
internal static class OwnResilience
{
    /// <summary>
    /// Removes the host's default resilience handlers. Around a client's own retries, their timeout would cut off all attempts after ten
    /// seconds, and their circuit breaker would count the attempts as one.
    /// </summary>
    public static IHttpClientBuilder WithoutDefaultResilience(this IHttpClientBuilder client) =>
#pragma warning disable EXTEXP0001 // Marked as experimental; there is no other way to remove a default.
        client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
}
