using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Marketing.Api.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace Marketing.Api.Hosting;

/// <summary>Routes by the path exactly as the client sent it.</summary>
/// <remarks>
/// The server's own path loses information: <c>%2F</c> and <c>%252F</c> become equal, so one user's URL could reach another user, and
/// <c>%2E%2E</c> is resolved as a parent folder. This middleware decodes each percent sign once, with two exceptions: an encoded slash
/// stays <c>%2F</c>, because the router must tell it from a segment separator, and an encoded percent sign therefore stays <c>%25</c>.
/// <see cref="RouteId"/> decodes these two.
/// </remarks>
internal sealed class ExactPath(RequestDelegate next)
{
    private const string Slash = "%2F";
    private const string Percent = "%25";
    private static readonly string AllMethods = string.Join(", ",
        HttpMethods.Get, HttpMethods.Head, HttpMethods.Post, HttpMethods.Put, HttpMethods.Delete, HttpMethods.Options);

    public Task InvokeAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target == "*")
        {
            // OPTIONS * asks about the server as a whole; no other method may use it.
            context.Response.Headers.Allow = AllMethods;
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        if (target.Length == 0)
        {
            return next(context); // An in-process test server has no request line.
        }

        if (!TryRead(target, context.Request.Path, out var path))
        {
            return Problem.Of(StatusCodes.Status400BadRequest,
                "The path must be percent-encoded UTF-8; write a literal percent sign as %25.").ExecuteAsync(context);
        }

        context.Request.Path = path;
        return next(context);
    }

    /// <summary>Decodes the <c>%2F</c> and <c>%25</c> that are left in a routed segment.</summary>
    internal static string Decode(string segment) =>
        segment.Contains('%', StringComparison.Ordinal)
            ? segment.Replace(Slash, "/", StringComparison.Ordinal).Replace(Percent, "%", StringComparison.Ordinal)
            : segment;

    /// <summary>
    /// Reads the path to route by, usually the one the server decoded; false when the target is not valid percent-encoded UTF-8.
    /// </summary>
    private static bool TryRead(string target, PathString decoded, out PathString path)
    {
        var encoded = PathOf(target);
        if (!encoded.Contains('%'))
        {
            path = encoded.SequenceEqual(decoded.Value) ? decoded : new PathString(encoded.ToString());
            return true;
        }

        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(encoded.Length));
        try
        {
            var valid = TryDecode(encoded, rented, out var length) && Utf8.IsValid(rented.AsSpan(0, length));
            path = valid ? new PathString(Encoding.UTF8.GetString(rented, 0, length)) : default;
            return valid;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true); // The path contains user ids.
        }
    }

    /// <summary>Returns the path of <c>/path?query</c>, or of <c>http://host/path?query</c>, the form that proxies receive.</summary>
    private static ReadOnlySpan<char> PathOf(string target)
    {
        var path = target.AsSpan();
        if (path is not ['/', ..])
        {
            var host = path.IndexOf("://") is >= 0 and var scheme ? scheme + 3 : 0;
            var start = path[host..].IndexOfAny('/', '?');
            path = start >= 0 ? path[(host + start)..] : "";
        }

        var end = path.IndexOf('?');
        path = end >= 0 ? path[..end] : path;
        return path.IsEmpty ? "/" : path;
    }

    private static bool TryDecode(ReadOnlySpan<char> encoded, Span<byte> bytes, out int length)
    {
        length = 0;
        while (!encoded.IsEmpty)
        {
            if (encoded[0] != '%')
            {
                var literal = encoded.IndexOf('%') is > 0 and var next ? encoded[..next] : encoded;
                length += Encoding.UTF8.GetBytes(literal, bytes[length..]);
                encoded = encoded[literal.Length..];
                continue;
            }

            if (encoded.Length < 3 || !char.IsAsciiHexDigit(encoded[1]) || !char.IsAsciiHexDigit(encoded[2]))
            {
                return false;
            }

            var value = (byte)((HexValue(encoded[1]) << 4) | HexValue(encoded[2]));
            if (value is (byte)'/' or (byte)'%')
            {
                length += Encoding.UTF8.GetBytes(value == '/' ? Slash : Percent, bytes[length..]);
            }
            else
            {
                bytes[length++] = value;
            }

            encoded = encoded[3..];
        }

        return true;
    }

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
