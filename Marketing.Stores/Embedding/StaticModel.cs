using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace Marketing.Stores.Embedding;

/// <summary>
/// A static embedding with one vector per token. A text's vector is the normalized sum of its tokens' vectors, so word order does not
/// matter. The only multiplication is by a scale, so most of the cost is the tokenizer.
/// </summary>
internal sealed class StaticModel
{
    private readonly sbyte[] _weights;
    private readonly float[] _scales;

    private StaticModel(string name, int dimensions, float[] scales, sbyte[] weights)
    {
        Name = name;
        Dimensions = dimensions;
        _scales = scales;
        _weights = weights;
    }

    /// <summary>Name and version, such as <c>marketing-static-256@1</c>.</summary>
    public string Name { get; }

    public int Dimensions { get; }

    public int Tokens => _scales.Length;

    /// <summary>Reads a safetensors file with <c>weight</c> int8 [tokens, dimensions] and <c>scale</c> float32 [tokens].</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="fileName">The file's name in errors.</param>
    /// <exception cref="InvalidDataException">The file is damaged or the wrong one.</exception>
    public static StaticModel Read(byte[] file, string fileName)
    {
        try
        {
            int headerLength = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file));
            using var header = JsonDocument.Parse(file.AsMemory(8, headerLength));
            JsonElement metadata = header.RootElement.GetProperty("__metadata__");
            JsonElement shape = header.RootElement.GetProperty("weight").GetProperty("shape");
            string name = $"{metadata.GetProperty("name").GetString()}@{metadata.GetProperty("version").GetString()}";
            int tokens = shape[0].GetInt32();
            int dimensions = shape[1].GetInt32();
            ReadOnlySpan<byte> data = file.AsSpan(8 + headerLength);
            float[] scales = MemoryMarshal.Cast<byte, float>(Tensor(header.RootElement, "scale", "F32", data)).ToArray();
            sbyte[] weights = MemoryMarshal.Cast<byte, sbyte>(Tensor(header.RootElement, "weight", "I8", data)).ToArray();
            return scales.Length == tokens && weights.Length == tokens * dimensions && dimensions % 16 == 0
                ? new StaticModel(name, dimensions, scales, weights)
                : throw new InvalidDataException($"{fileName}: the tensor shapes do not match.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"{fileName} is not a static embedding model in safetensors format.", e);
        }
    }

    /// <summary>Adds the tokens' vectors to the destination and normalizes the sum; zero stays zero.</summary>
    /// <remarks>The result has the same bits on every machine, because lanes are added in one order for any hardware width.</remarks>
    public void Embed(ReadOnlySpan<long> tokens, Span<float> destination)
    {
        foreach (long token in tokens)
        {
            ReadOnlySpan<sbyte> row = _weights.AsSpan((int)token * Dimensions, Dimensions);
            Vector512<float> scale = Vector512.Create(_scales[token]);
            for (int i = 0; i < row.Length; i += 16)
            {
                Vector256<short> words = Vector256.WidenLower(Vector128.Create(row[i..]).ToVector256());
                Vector512<int> integers = Vector512.WidenLower(words.ToVector512());
                Vector512<float> sum = Vector512.Create<float>(destination[i..]);
                (sum + (Vector512.ConvertToSingle(integers) * scale)).CopyTo(destination[i..]);
            }
        }

        Normalize(destination);
    }

    private static void Normalize(Span<float> vector)
    {
        Vector512<float> squares = Vector512<float>.Zero;
        for (int i = 0; i < vector.Length; i += 16)
        {
            Vector512<float> part = Vector512.Create<float>(vector[i..]);
            squares += part * part;
        }

        float sum = 0;
        for (int lane = 0; lane < 16; lane++)
        {
            sum += squares[lane];
        }

        Vector512<float> factor = Vector512.Create(sum > 0 ? 1 / MathF.Sqrt(sum) : 0);
        for (int i = 0; i < vector.Length; i += 16)
        {
            (Vector512.Create<float>(vector[i..]) * factor).CopyTo(vector[i..]);
        }
    }

    private static ReadOnlySpan<byte> Tensor(JsonElement header, string name, string type, ReadOnlySpan<byte> data)
    {
        JsonElement tensor = header.GetProperty(name);
        JsonElement offsets = tensor.GetProperty("data_offsets");
        return tensor.GetProperty("dtype").ValueEquals(type)
            ? data[offsets[0].GetInt32()..offsets[1].GetInt32()]
            : throw new InvalidDataException($"Tensor {name} must be of type {type}.");
    }
}
