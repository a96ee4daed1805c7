using System.Collections.Frozen;
using Marketing.Domain;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Access;

/// <summary>Every key in memory: those of the configuration, and the last known state of the stored ones. Lookups never wait.</summary>
internal sealed class KeyRing
{
    private readonly List<Credential> _configured;
    private Dictionary<string, Credential> _stored = new(StringComparer.Ordinal);
    private volatile FrozenDictionary<ulong, Credential> _byHash;

    public KeyRing(IOptions<AccessOptions> options)
    {
        _configured = [.. Configured(options.Value).Select(static key => new Credential(key))];
        _byHash = Index(_configured);
    }

    /// <summary>The stored keys.</summary>
    public IReadOnlyCollection<Credential> Stored => Volatile.Read(ref _stored).Values;

    /// <summary>Finds the key with a secret; null if there is none.</summary>
    /// <remarks>
    /// The lookup is by a hash, of which a caller can choose nothing. The comparison that decides takes the same time for any difference.
    /// </remarks>
    public Credential? Find(ReadOnlySpan<char> secret) =>
        KeyHash.TryCompute(secret, out var hash) && _byHash.TryGetValue(hash.Prefix, out var found) && found.Key.Hash.FixedTimeEquals(hash)
            ? found
            : null;

    /// <summary>Replaces the stored keys. One writer at a time may call this.</summary>
    public void Replace(IEnumerable<AccessKey> keys)
    {
        // A key that stays keeps its object, which knows of uses that are not stored yet. A key never changes otherwise.
        var stored = keys.ToDictionary(
            static key => key.Id, key => _stored.TryGetValue(key.Id, out var known) ? known : new Credential(key), StringComparer.Ordinal);
        Volatile.Write(ref _stored, stored);
        _byHash = Index([.. _configured, .. stored.Values]);
    }

    private static IEnumerable<AccessKey> Configured(AccessOptions options)
    {
        if (options.AdminKey is { Length: > 0 } admin)
        {
            yield return Of("admin", admin, Scopes.Admin);
        }

        foreach (var key in options.Keys.Where(static key => !string.IsNullOrEmpty(key.Key)))
        {
            yield return Of(key.Name!, key.Key!, ScopeNames.Parse(key.Scopes));
        }
    }

    private static AccessKey Of(string name, string secret, Scopes scopes) => new(
        $"configuration/{name}", name, scopes,
        KeyHash.TryCompute(secret, out var hash) ? hash : throw new InvalidOperationException($"The key {name} of the configuration is too long."),
        DateTimeOffset.UnixEpoch);

    private static FrozenDictionary<ulong, Credential> Index(List<Credential> credentials)
    {
        // Two keys share a prefix once in 2⁶⁴ pairs; the newer one then counts.
        var index = new Dictionary<ulong, Credential>(credentials.Count);
        foreach (var credential in credentials)
        {
            index[credential.Key.Hash.Prefix] = credential;
        }

        return index.ToFrozenDictionary();
    }
}
