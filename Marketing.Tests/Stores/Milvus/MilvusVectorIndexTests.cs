using Marketing.Tests.Contracts;

namespace Marketing.Tests.Stores.Milvus;

public sealed class MilvusVectorIndexTests : VectorIndexContract
{
    protected override async Task<IVectorIndexHost> OpenAsync() => await MilvusIndexHost.OpenAsync(Dimensions);
}
