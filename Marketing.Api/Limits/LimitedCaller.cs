using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using Marketing.Api.Access;

namespace Marketing.Api.Limits;

/// <summary>The caller for whom requests are counted: its key, or the bucket of its address.</summary>
/// <remarks>
/// Addresses share a fixed number of buckets, chosen by a hash with a random seed, so that any number of addresses needs bounded memory.
/// Two addresses rarely share a bucket, and nobody can choose with whom. Keys are not hashed: only valid ones get here.
/// </remarks>
/// <param name="Key">The id of the key or the subject of the token; null for an anonymous caller.</param>
/// <param name="Bucket">The bucket of the address.</param>
internal readonly record struct LimitedCaller(string? Key, int Bucket)
{
    /// <summary>A limiter has a few hundred bytes, and is dropped after ten idle seconds: 8 MB at most.</summary>
    private const int Buckets = 16 * 1024;

    /// <summary>One household or server has a whole /64 network of IPv6 addresses.</summary>
    private const int NetworkBytes = 8;

    /// <summary>Finds the caller of a request.</summary>
    public static LimitedCaller Of(HttpContext http) =>
        http.User.Identity is { IsAuthenticated: true } && http.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } key
            ? new(key, 0)
            : new(null, BucketOf(Caller.Address(http)));

    /// <summary>Returns the bucket of an address; connections without one share a bucket.</summary>
    public static int BucketOf(IPAddress? address)
    {
        if (address is null)
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        var hash = new HashCode(); // Its seed is random in each process.
        hash.AddBytes(bytes[..(address.AddressFamily == AddressFamily.InterNetworkV6 ? NetworkBytes : length)]);
        return hash.ToHashCode() & (Buckets - 1);
    }
}
