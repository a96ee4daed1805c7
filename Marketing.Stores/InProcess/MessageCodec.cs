using Marketing.Domain.Ports;

namespace Marketing.Stores.InProcess;

/// <summary>Converts between the messages of the port and those that the index stores.</summary>
internal sealed class MessageCodec(VectorSpace space)
{
    private readonly Rotation _rotation = new(space.Dimensions, VectorFile.RotationSeed);

    /// <summary>The number of components of a code.</summary>
    public int Dimensions => _rotation.PaddedDimensions;

    /// <exception cref="ArgumentException">The length of the vector is not that of the index.</exception>
    public void Rotate(ReadOnlyMemory<float> vector, Span<float> rotated)
    {
        if (vector.Length != space.Dimensions)
        {
            throw new ArgumentException(
                $"The vector has {vector.Length} components, the index {space.Dimensions} ({space.Model}).", nameof(vector));
        }

        _rotation.Apply(vector.Span, rotated);
    }

    /// <exception cref="ArgumentException">The length of the vector is not that of the index.</exception>
    public EncodedMessage Encode(MessageVector message)
    {
        float[] rotated = new float[Dimensions];
        Rotate(message.Vector, rotated);
        sbyte[] code = new sbyte[Dimensions];
        float scale = ScalarCode.Encode(rotated, code);
        byte[] refinement = new byte[Dimensions / 8];
        ScalarCode.EncodeRefinement(rotated, code, scale, refinement);
        return new EncodedMessage(
            message.Id, message.UserId, message.CampaignId, message.OccurredAt, scale, code, refinement, message.Terms);
    }

    public MessageVector Decode(EncodedMessage message)
    {
        float[] vector = new float[Dimensions];
        ScalarCode.Decode(message.Code, message.Refinement, message.Scale, vector);
        _rotation.ApplyInverse(vector);
        return new MessageVector(
            message.Id, message.UserId, message.CampaignId, message.OccurredAt, vector.AsMemory(0, space.Dimensions), message.Terms);
    }
}
