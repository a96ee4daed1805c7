using Marketing.Api.Problems;

namespace Marketing.Api.Hosting;

/// <summary>A read-only, forward-only, asynchronous stream.</summary>
internal abstract class ForwardStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>Counts the bytes that are read.</summary>
internal sealed class CountedStream(Stream inner) : ForwardStream
{
    public long Count { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Count += read;
        return read;
    }
}

/// <summary>A decompressed body with limits, because a few kilobytes can expand to gigabytes.</summary>
internal sealed class ExpandedBody(Stream expanded, CountedStream compressed, string coding, RequestBodyOptions options) : ForwardStream
{
    /// <summary>The ratio limit applies from this size on; small repetitive bodies legitimately have a high ratio.</summary>
    private const long RatioMattersFrom = 8 * 1024 * 1024;

    private long _count;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            read = await expanded.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            throw new UnreadableBodyException(StatusCodes.Status400BadRequest,
                $"The body must be valid {coding}, as Content-Encoding says, but it is corrupt or truncated. {WhatCameBefore}");
        }

        _count += read;
        if (_count > options.MaxExpandedBytes)
        {
            throw new UnreadableBodyException(StatusCodes.Status413PayloadTooLarge,
                $"The body must not expand to more than {options.MaxExpandedBytes} bytes (RequestBodies:MaxExpandedBytes). {WhatCameBefore}");
        }

        return _count <= RatioMattersFrom || _count / options.MaxExpansionRatio <= compressed.Count
            ? read
            : throw new UnreadableBodyException(StatusCodes.Status413PayloadTooLarge,
                $"The body must not expand to more than {options.MaxExpansionRatio} times its size (RequestBodies:MaxExpansionRatio). {WhatCameBefore}");
    }

    private const string WhatCameBefore = "Earlier lines of a stream may already be durable; it is safe to send them again.";
}
