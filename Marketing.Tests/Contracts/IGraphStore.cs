using Marketing.Domain.Ports;

namespace Marketing.Tests.Contracts;

/// <summary>A graph in one empty store of its own, as an adapter's test class makes it.</summary>
public interface IGraphStore : IAsyncDisposable
{
    IInteractionGraph Graph { get; }

    /// <summary>Closes the store and opens it again, as a restart does.</summary>
    Task ReopenAsync();
}
