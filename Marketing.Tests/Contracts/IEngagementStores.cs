using Marketing.Domain.Ports;

namespace Marketing.Tests.Contracts;

/// <summary>An empty engagement store, created by an adapter's test class.</summary>
public interface IEngagementStores : IAsyncDisposable
{
    IEngagementStore Engagement { get; }

    /// <summary>Waits until reads see all writes, if the store is eventually consistent.</summary>
    Task SettleAsync();

    /// <summary>Closes and reopens the store, like a restart.</summary>
    Task ReopenAsync();
}
