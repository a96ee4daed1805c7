using Marketing.Domain.Ports;

namespace Marketing.Tests.Contracts;

/// <summary>Engagement in one empty store of its own, as an adapter's test class makes it.</summary>
public interface IEngagementStores : IAsyncDisposable
{
    IEngagementStore Engagement { get; }

    /// <summary>Waits until what was written is what is read, where the store is not so at once.</summary>
    Task SettleAsync();

    /// <summary>Closes the store and opens it again, as a restart does.</summary>
    Task ReopenAsync();
}
