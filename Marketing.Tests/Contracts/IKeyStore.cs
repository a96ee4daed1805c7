using Marketing.Domain.Ports;

namespace Marketing.Tests.Contracts;

/// <summary>An empty store of keys, created by an adapter's test class.</summary>
public interface IKeyStore : IAsyncDisposable
{
    IAccessKeys Keys { get; }

    /// <summary>Opens the same store as another process would; disposed with this one.</summary>
    Task<IAccessKeys> OpenAgainAsync();
}
