using Marketing.Domain.Ports;

namespace Marketing.Tests.Contracts;

/// <summary>An empty vector index of its own, as an adapter's test class makes it.</summary>
public interface IVectorIndexHost : IAsyncDisposable
{
    IVectorIndex Index { get; }

    /// <summary>Closes the index and opens it again, as a restart does.</summary>
    Task ReopenAsync();

    /// <summary>Ends when what was written is what is searched.</summary>
    Task SettleAsync();
}
