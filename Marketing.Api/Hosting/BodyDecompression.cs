using System.IO.Compression;
using Marketing.Api.Problems;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Hosting;

/// <summary>Decompresses request bodies while they are read, within limits, so that later middleware sees plain bodies.</summary>
internal sealed class BodyDecompression(RequestDelegate next, IOptions<RequestBodyOptions> options)
{
    private const string Accepted = "gzip, deflate, br";
    private const string Identity = "identity";

    public Task InvokeAsync(HttpContext context) =>
        context.Request.Headers.ContentEncoding.Count == 0 ? next(context) : ExpandAsync(context);

    private async Task ExpandAsync(HttpContext context)
    {
        var request = context.Request;
        var codings = request.Headers.GetCommaSeparatedValues("Content-Encoding")
            .Select(static coding => coding.Trim())
            .Where(static coding => coding.Length > 0 && !coding.Equals(Identity, StringComparison.OrdinalIgnoreCase))
            .ToList();
        if (codings.Count == 0)
        {
            await next(context);
            return;
        }

        await using var compressed = new CountedStream(request.Body);
        await using var expanded = codings.Count == 1 ? Decoder(codings[0], compressed) : null;
        if (expanded is null)
        {
            context.Response.Headers.AcceptEncoding = Accepted;
            await Problem.Of(StatusCodes.Status415UnsupportedMediaType,
                $"Content-Encoding must be one of {Accepted}, or be omitted.").ExecuteAsync(context);
            return;
        }

        request.Headers.ContentEncoding = default;
        request.ContentLength = null;
        request.Body = new ExpandedBody(expanded, compressed, codings[0], options.Value);
        await next(context);
    }

    private static Stream? Decoder(string coding, Stream compressed) => coding.ToUpperInvariant() switch
    {
        "GZIP" or "X-GZIP" => new GZipStream(compressed, CompressionMode.Decompress, leaveOpen: true),
        "DEFLATE" => new ZLibStream(compressed, CompressionMode.Decompress, leaveOpen: true),
        "BR" => new BrotliStream(compressed, CompressionMode.Decompress, leaveOpen: true),
        _ => null,
    };
}
