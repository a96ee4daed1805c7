using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Access;

/// <summary>Counts failed attempts for each address within the current time window, in bounded memory.</summary>
/// <remarks>
/// A correct secret is always accepted: it is too long to guess, and otherwise anyone behind the same proxy could lock out an operator.
/// </remarks>
internal sealed class FailedAttempts(IOptions<AccessOptions> options, TimeProvider time)
{
    private const int MaxAddresses = 1_000;

    private readonly int _limit = options.Value.MaxFailures;
    private readonly TimeSpan _window = options.Value.FailureWindow;
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, Entry> _entries = [];

    /// <summary>Records a failed attempt.</summary>
    /// <param name="address">The address of the caller. IPv6 counts by /64 network, because one household has 2⁶⁴ addresses.</param>
    /// <returns>The failures in this window, and how long the address must wait; zero while it is under the limit.</returns>
    public (int Failures, TimeSpan Wait) Note(IPAddress? address)
    {
        lock (_lock)
        {
            var key = KeyOf(address);
            var now = time.GetTimestamp();
            if (!_entries.TryGetValue(key, out var entry) || time.GetElapsedTime(entry.Since, now) >= _window)
            {
                if (_entries.Count >= MaxAddresses)
                {
                    Forget(now);
                    key = _entries.Count >= MaxAddresses ? IPAddress.None : key; // Addresses beyond the limit share one counter.
                }

                entry = _entries.TryGetValue(key, out var shared) && time.GetElapsedTime(shared.Since, now) < _window
                    ? shared
                    : new Entry(now, 0);
            }

            _entries[key] = entry = entry with { Failures = entry.Failures + 1 };
            return (entry.Failures, entry.Failures > _limit ? _window - time.GetElapsedTime(entry.Since, now) : TimeSpan.Zero);
        }
    }

    private void Forget(long now)
    {
        foreach (var (address, entry) in _entries)
        {
            if (time.GetElapsedTime(entry.Since, now) >= _window)
            {
                _entries.Remove(address);
            }
        }
    }

    private static IPAddress KeyOf(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.Loopback;
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private readonly record struct Entry(long Since, int Failures);
}
